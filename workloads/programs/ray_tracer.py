"""ray_tracer.py: a picture of spheres over a chessboard: small objects, operators, floats.

The problem: for each point of a picture, follow the ray of light backwards: to the nearest
thing that it meets, from there to the lamps, and on as a reflection. After T. Whitted, 'An
Improved Illumination Model for Shaded Display' (CACM 23(6), 1980).
"""

import math

EXPECTED = {1: 782613779}
NEAR = 1e-6
DEPTH = 3


class Vector:
    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def unit(self):
        return self * (1.0 / math.sqrt(self.dot(self)))

    def mirrored_at(self, normal):
        return self - normal * (2.0 * self.dot(normal))


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.unit()

    def at(self, distance):
        return self.origin + self.direction * distance


class Thing:
    def __init__(self, colour, shine):
        self.colour = colour
        self.shine = shine

    def colour_at(self, point):
        return self.colour


class Sphere(Thing):
    def __init__(self, centre, radius, colour, shine):
        super().__init__(colour, shine)
        self.centre = centre
        self.radius = radius

    def meets(self, ray):
        """The distance, or None."""
        to_centre = self.centre - ray.origin
        along = to_centre.dot(ray.direction)
        root = self.radius * self.radius - to_centre.dot(to_centre) + along * along
        if root < 0.0:
            return None
        root = math.sqrt(root)
        for distance in (along - root, along + root):
            if distance > NEAR:
                return distance
        return None

    def normal_at(self, point):
        return (point - self.centre).unit()


class Floor(Thing):
    def __init__(self, height, colour, other_colour, shine):
        super().__init__(colour, shine)
        self.height = height
        self.other_colour = other_colour

    def meets(self, ray):
        if ray.direction.y > -NEAR and ray.direction.y < NEAR:
            return None
        distance = (self.height - ray.origin.y) / ray.direction.y
        return distance if distance > NEAR else None

    def normal_at(self, point):
        return Vector(0.0, 1.0, 0.0)

    def colour_at(self, point):
        even = (math.floor(point.x) + math.floor(point.z)) % 2 == 0
        return self.colour if even else self.other_colour


class Scene:
    def __init__(self):
        self.things = []
        self.lamps = []

    def nearest(self, ray):
        best = None
        for thing in self.things:
            distance = thing.meets(ray)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, thing
        return best

    def light_at(self, point, normal):
        """How much of the lamps' light comes here."""
        light = 0.1
        for lamp in self.lamps:
            ray = Ray(point, lamp - point)
            if self.nearest(ray) is None:
                light += max(0.0, normal.dot(ray.direction)) * 0.6
        return light

    def colour_of(self, ray, depth=0):
        meeting = self.nearest(ray)
        if meeting is None:
            return Vector(0.2, 0.4, 0.8) * (0.5 + 0.5 * abs(ray.direction.y))
        distance, thing = meeting
        point = ray.at(distance)
        normal = thing.normal_at(point)
        colour = thing.colour_at(point) * self.light_at(point, normal)
        if thing.shine > 0.0 and depth < DEPTH:
            mirrored = Ray(point, ray.direction.mirrored_at(normal))
            colour = colour * (1.0 - thing.shine) \
                + self.colour_of(mirrored, depth + 1) * thing.shine
        return colour


def make_scene():
    scene = Scene()
    scene.lamps = [Vector(30.0, 30.0, 10.0), Vector(-10.0, 40.0, -20.0)]
    scene.things.append(Floor(0.0, Vector(1.0, 1.0, 1.0), Vector(0.1, 0.1, 0.1), 0.1))
    scene.things.append(Sphere(Vector(1.0, 3.0, -10.0), 2.5, Vector(1.0, 0.9, 0.2), 0.3))
    for i in range(5):
        scene.things.append(Sphere(Vector(-5.0 + i * 2.0, 1.0, -6.0 - i % 2), 0.9,
                                   Vector(0.9, 0.2 * i, 1.0 - 0.2 * i), 0.2))
    return scene


def byte_of(part):
    return int(max(0.0, min(1.0, part)) * 255)


def render(scene, width, height):
    """The bytes of the picture, row by row."""
    pixels = []
    eye = Vector(0.0, 2.0, 5.0)
    for y in range(height):
        for x in range(width):
            ray = Ray(eye, Vector((x + 0.5) / width - 0.5, (height / 2 - y) / width, -0.7))
            colour = scene.colour_of(ray)
            pixels += [byte_of(colour.x), byte_of(colour.y), byte_of(colour.z)]
    return pixels


def run(scale, thread, threads):
    checksum = 0
    scene = make_scene()
    for turn in range(scale):
        for byte in render(scene, 48 + turn % 3, 32):
            checksum = (checksum * 257 + byte) % 1000000007
    return checksum


if __name__ == "__main__":
    from driver import main
    main(run, EXPECTED)
