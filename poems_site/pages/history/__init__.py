"""Who changed what in one patient's record, over every table of every app, and how to take a change back."""
