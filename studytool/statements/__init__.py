"""Article -> the statements that are worth proposing."""

from studytool.statements.propose import Proposal, Proposed, plain, propose, without_twins
from studytool.statements.topics import conversation, slug
from studytool.statements.wording import narrator

__all__ = ["Proposal", "Proposed", "conversation", "narrator", "plain", "propose", "slug", "without_twins"]
