"""The terminal app. Screens own the flow, a widget shows one thing; nothing here decides when a card comes back."""
