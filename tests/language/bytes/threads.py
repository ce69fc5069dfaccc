# Threads that read and change one bytearray: no byte that was never put in is ever seen, and
# appends do not get lost.
import threading

shared = bytearray(b"ab" * 50)
wrong = []
rounds = 300


def write(byte):
    for i in range(rounds):
        shared.append(byte)
        shared.insert(0, byte)
        shared[i % 50] = byte
        shared[2:4] = b"aab"
        shared.extend(b"ab" * 10)
        del shared[-7:]
        shared.pop()
        shared.reverse()


def read():
    for i in range(rounds * 3):
        for byte in shared:
            if byte not in b"abcd":
                wrong.append(byte)
        try:
            if shared[i % 97] not in b"abcd":
                wrong.append(i)
        except IndexError:
            pass
        shared.find(b"ca")
        shared[3:60].count(b"b")


threads = [threading.Thread(target=write, args=(byte,)) for byte in b"cd"]
threads += [threading.Thread(target=read) for i in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(wrong, len(shared) == 100 + 2 * rounds * (1 + 1 + 1 + 20 - 7 - 1))
