"""The model judge: asks a language model which parts an answer meets, checks every quote, and never trusts a number.

The answer is data: it is fenced and marked, what addresses the rater is cut out beside the call, and code makes the
levels. It may not know any candidate's name, nor anything said outside the thread.

    judge                  which calls an answer needs, and one rating out of all that comes back
    beforehand             what is known before any model is asked
    sheet, decoys, manner  what one call asks, the statement in it that is never true, and how a model is asked
    prompt, fence          the same in words, with the thread as data
    asking, reply, quotes  one call: the request, the reply read strictly, the quotes that count
    samples, second_look   several readings made into one; levels far above the rules looked at twice
    red_flags              the warnings of a question, asked for in the same way
"""

from .judge import Judge

__all__ = ["Judge"]
