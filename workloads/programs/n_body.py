"""n_body.py: five bodies attract each other: float arithmetic and attributes.

The problem: the Sun and the four giant planets under Newton's law, moved on in small steps
by the symplectic Euler method. From the description of 'n-body' in the Computer Language
Benchmarks Game; the masses, positions and velocities are those of the planets, in units of
solar masses, astronomical units and years.
"""

import math

EXPECTED = {1: 158049103}

SOLAR_MASS = 4 * math.pi * math.pi
DAYS = 365.24

PLANETS = (
    # mass, position (x, y, z), velocity a day
    (1.0, (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)),
    (9.54791938424326609e-04,
     (4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01),
     (1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05)),
    (2.85885980666130812e-04,
     (8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01),
     (-2.76742510726411021e-03, 4.99852801234917238e-03, 2.30417297573763929e-05)),
    (4.36624404335156298e-05,
     (1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01),
     (2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05)),
    (5.15138902046611451e-05,
     (1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01),
     (2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05)),
)


class Body:
    __slots__ = ("mass", "x", "y", "z", "vx", "vy", "vz")

    def __init__(self, mass, position, velocity):
        self.mass = mass * SOLAR_MASS
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = (v * DAYS for v in velocity)


def pairs_of(bodies):
    return [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]


def stop_the_centre(bodies):
    """Gives the first body the momentum that keeps the centre of mass where it is."""
    sun = bodies[0]
    sun.vx = -sum(b.vx * b.mass for b in bodies) / sun.mass
    sun.vy = -sum(b.vy * b.mass for b in bodies) / sun.mass
    sun.vz = -sum(b.vz * b.mass for b in bodies) / sun.mass


def energy(bodies, pairs):
    total = 0.0
    for b in bodies:
        total += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for a, b in pairs:
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def advance(bodies, pairs, step, steps):
    sqrt = math.sqrt
    for _ in range(steps):
        for a, b in pairs:
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            square = dx * dx + dy * dy + dz * dz
            pull = step / (square * sqrt(square))
            pull_a = a.mass * pull
            pull_b = b.mass * pull
            a.vx -= dx * pull_b
            a.vy -= dy * pull_b
            a.vz -= dz * pull_b
            b.vx += dx * pull_a
            b.vy += dy * pull_a
            b.vz += dz * pull_a
        for b in bodies:
            b.x += step * b.vx
            b.y += step * b.vy
            b.z += step * b.vz


def run(scale, thread, threads):
    bodies = [Body(*planet) for planet in PLANETS]
    pairs = pairs_of(bodies)
    stop_the_centre(bodies)
    advance(bodies, pairs, 0.01, 25000 * scale)
    checksum = int(energy(bodies, pairs) * -1e9)
    for b in bodies:
        checksum += int((b.x + b.y + b.z) * 1e6)
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
