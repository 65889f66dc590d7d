"""The model judge: asks a language model which parts an answer meets, checks every quote, and never trusts a number.

The answer is data: it is fenced and marked, what addresses the rater is cut out beside the call, and code makes the
levels. It may not know any candidate's name, nor anything said outside the thread.
"""

from .judge import Judge

__all__ = ["Judge"]
