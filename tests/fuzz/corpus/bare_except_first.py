try: a
except: b
except E: c
