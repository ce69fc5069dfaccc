"""What fits into the items of each type, and what is said of the rest."""
from array import array
for code in 'bBhHiIlLqQfd':
    for v in (-1,200,300,-200,40000,-40000,70000,-70000,2**31,-2**31-1,2**32,2**33,2**63,-2**63-1,2**64,2**70,-2**70,1.5,'a',None,b'a',True):
        try:
            print(code, v, array(code,[v]), end='; ')
        except Exception as e: print(code, v, type(e).__name__, e)
