"""Conversations with the trained model, through the public interface."""

import pytest
from stack import Conversation, Stack, running, stack

__all__ = ["running", "stack", "young_person"]


@pytest.fixture
def young_person(stack: Stack) -> Conversation:
    return stack.conversation()
