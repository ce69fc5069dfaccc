"""The phases of the collector can be watched."""
import gc

seen = []
gc.callbacks.append(lambda phase, about: seen.append((phase, about["generation"])))
gc.collect()
gc.callbacks.clear()
print(seen)
