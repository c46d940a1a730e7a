"""The rules, one module per topic: short functions that each answer one clinical question.

An argument's function carries the name of its rule (``rt_localized`` is RT-LOCALIZED). It takes a
``Situation`` and answers true, false or unknown; the argument applies only when the answer is true.
Numbers come from the edition, sentences from its statements.
"""
