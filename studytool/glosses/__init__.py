"""English: for every word, by glossaries and a dictionary at hand (`words`); for a sentence that has none, by a translator that
the user names (`sentences`). Nothing is sent anywhere otherwise."""
