"""What other programs send us: our own examples in the shapes of each, and what becomes of them.

One module for each program, with at least twenty cases. Names, texts and ids are made up. Hosts
end with `.example`; `https://here.example/mia` is a member of ours (case.py lists the others).
"""
