"""scheduler.py: the heart of an operating system: objects, methods, queues.

The problem: tasks of different priorities send packets to each other through queues; the
kernel always runs the first task, in order of priority, that is neither held nor waiting.
A worker fills packets with letters and sends them to two handlers in turn; a handler gives
each letter to a device; an idle task lets the devices deliver, as a random bit decides.
After the description of Martin Richards' benchmark of BCPL (1981, bench.txt), which Deutsch
brought to Smalltalk. Structure and numbers are our own.
"""

EXPECTED = {1: 415399359784}

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
DATA, WORK = "data", "work"
LETTERS = 4


class Packet:
    def __init__(self, link, receiver, kind):
        self.link = link
        self.receiver = receiver
        self.kind = kind
        self.letter = 0
        self.letters = [0] * LETTERS

    def append_to(self, queue):
        """Returns the queue with the packet at its end."""
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    """A task that has a packet, or is not waiting, can run unless it is held."""

    def __init__(self, kernel, number, priority, queue):
        self.kernel = kernel
        self.number = number
        self.priority = priority
        self.queue = queue
        self.waiting = queue is None
        self.held = False

    def can_run(self):
        return not self.held and (self.queue is not None or not self.waiting)

    def take_turn(self):
        packet = None
        if self.waiting:
            packet = self.queue
            self.queue = packet.link
            self.waiting = False
        return self.work(packet)

    def accept(self, packet, sender):
        """Returns who runs next: this task, if it is more important than the sender."""
        had_none = self.queue is None
        self.queue = packet.append_to(self.queue)
        if had_none and self.priority > sender.priority:
            return self
        return sender

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.kernel.holds += 1
        self.held = True
        return None

    def release(self, number):
        other = self.kernel.tasks[number]
        other.held = False
        return other if other.priority > self.priority else self

    def send(self, packet):
        receiver = self.kernel.tasks[packet.receiver]
        self.kernel.packets += 1
        packet.receiver = self.number
        return receiver.accept(packet, self)


class Idler(Task):
    """Releases one device or the other, as the bits of a shift register say."""

    def __init__(self, kernel, number, priority, turns):
        Task.__init__(self, kernel, number, priority, None)
        self.waiting = False
        self.turns = turns
        self.bits = 0x5EED

    def work(self, packet):
        self.turns -= 1
        if self.turns == 0:
            return self.hold()
        if self.bits & 1:
            self.bits = self.bits >> 1 ^ 0xD008
            return self.release(DEVICE_B)
        self.bits >>= 1
        return self.release(DEVICE_A)


class Worker(Task):
    """Sends each packet that comes back on to the other handler, with new letters."""

    def __init__(self, kernel, number, priority, queue):
        Task.__init__(self, kernel, number, priority, queue)
        self.handler = HANDLER_A
        self.last = 0

    def work(self, packet):
        if packet is None:
            return self.wait()
        self.handler = HANDLER_A if self.handler == HANDLER_B else HANDLER_B
        packet.receiver = self.handler
        packet.letter = 0
        for i in range(LETTERS):
            self.last = self.last % 26 + 1
            packet.letters[i] = self.last
        return self.send(packet)


class Handler(Task):
    """Hands the letters of work packets to its device, one with each data packet."""

    def __init__(self, kernel, number, priority, queue, device):
        Task.__init__(self, kernel, number, priority, queue)
        self.device = device
        self.work_in = None
        self.data_in = None

    def work(self, packet):
        if packet is not None:
            if packet.kind == WORK:
                self.work_in = packet.append_to(self.work_in)
            else:
                self.data_in = packet.append_to(self.data_in)
        work = self.work_in
        if work is None:
            return self.wait()
        if work.letter == LETTERS:
            self.work_in = work.link
            work.receiver = WORKER
            return self.send(work)
        data = self.data_in
        if data is None:
            return self.wait()
        self.data_in = data.link
        data.letter = work.letters[work.letter]
        data.receiver = self.device
        work.letter += 1
        return self.send(data)


class Device(Task):
    """Takes a packet, is held until the idler lets it deliver, and sends it back."""

    def __init__(self, kernel, number, priority):
        Task.__init__(self, kernel, number, priority, None)
        self.pending = None

    def work(self, packet):
        if packet is None:
            if self.pending is None:
                return self.wait()
            packet = self.pending
            self.pending = None
            return self.send(packet)
        self.pending = packet
        self.kernel.note(packet.letter)
        return self.hold()


class Kernel:
    def __init__(self, turns):
        self.packets = self.holds = self.turns = self.written = 0
        self.tasks = [
            Idler(self, IDLE, 0, turns),
            Worker(self, WORKER, 1000, self.packets_for(WORKER, WORK, 2)),
            Handler(self, HANDLER_A, 2000, self.packets_for(DEVICE_A, DATA, 3), DEVICE_A),
            Handler(self, HANDLER_B, 3000, self.packets_for(DEVICE_B, DATA, 3), DEVICE_B),
            Device(self, DEVICE_A, 4000),
            Device(self, DEVICE_B, 5000),
        ]
        self.by_priority = sorted(self.tasks, key=lambda task: -task.priority)

    def packets_for(self, receiver, kind, count):
        queue = None
        for _ in range(count):
            queue = Packet(queue, receiver, kind)
        return queue

    def note(self, letter):
        self.written = (self.written * 27 + letter) % 1000000007

    def next_task(self):
        for task in self.by_priority:
            if task.can_run():
                return task
        return None

    def run(self):
        task = self.next_task()
        while task is not None:
            self.turns += 1
            task = task.take_turn()
            if task is None or not task.can_run():
                task = self.next_task()


def run(scale, thread, threads):
    kernel = Kernel(8000 * scale)
    kernel.run()
    checksum = kernel.written
    for number in (kernel.packets, kernel.holds, kernel.turns):
        checksum = (checksum * 1000003 + number) % 1000000000039
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
