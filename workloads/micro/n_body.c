/* n-body: what does arithmetic cost when each number is an object?
 *
 * Five bodies attract each other; each is a list of seven floats. Every sum and product
 * makes a float and drops others. The checksum is the bits of the energy at the end: they
 * are the same everywhere, because the order of operations is fixed. */
#include "workloads/micro/values.h"
#include <math.h>
#include <string.h>

enum { BODIES = 5, STEPS = 64, X = 0, V = 3, MASS = 6, FIELDS = 7 };

static const double initial[BODIES][FIELDS] = {
    {0, 0, 0, 0, 0, 0, 40},
    {5, -1, 0.25, 0.5, 2.75, -0.125, 0.5},
    {8, 4, -0.5, -1, 1.75, 0.0625, 0.125},
    {-12, 3, 1, -0.375, -1.75, 0, 0.0625},
    {2, -15, -0.75, 1.5, 0.25, 0.03125, 0.03125},
};

typedef GiltObject *Operation(GiltObject *, GiltObject *);

/* The operation on two new references that are used up: results can be nested. */
static GiltObject *op(Operation *operation, GiltObject *a, GiltObject *b) {
    GiltObject *result = a && b ? operation(a, b) : NULL;
    gilt_decref(a);
    gilt_decref(b);
    return result;
}

static GiltObject *get(GiltObject *body, int field) { return gilt_list_get(body, field); }

static GiltObject *square(GiltObject *a) { return op(gilt_multiply, gilt_incref(a), a); }

static GiltObject *square_root(GiltObject *a) {
    double value = 0;
    bool ok = a && gilt_float_value(a, &value);
    gilt_decref(a);
    return ok ? gilt_float(sqrt(value)) : NULL;
}

/* The square of the length of a vector (three fields from `at`) of a minus that of b. */
static GiltObject *distance(GiltObject *a, GiltObject *b, int at) {
    GiltObject *sum = gilt_float(0);
    for (int i = at; i < at + 3; i++)
        sum = op(gilt_add, sum, square(op(gilt_subtract, get(a, i), get(b, i))));
    return sum;
}

/* a's speed changes by the difference of place, times b's mass, times `strength`. */
static bool pull(GiltObject *a, GiltObject *b, GiltObject *strength) {
    for (int i = 0; i < 3; i++) {
        GiltObject *way = op(gilt_subtract, get(b, X + i), get(a, X + i));
        GiltObject *force = op(gilt_multiply, get(b, MASS), gilt_incref(strength));
        GiltObject *change = op(gilt_multiply, way, force);
        if (!put_item(a, V + i, op(gilt_add, get(a, V + i), change))) return false;
    }
    return true;
}

static bool attract(GiltObject *a, GiltObject *b, GiltObject *time) {
    GiltObject *square = distance(a, b, X);
    GiltObject *length = square_root(gilt_incref(square));
    GiltObject *cube = op(gilt_multiply, square, length);
    GiltObject *strength = op(gilt_divide, gilt_incref(time), cube);
    bool ok = strength && pull(a, b, strength) && pull(b, a, strength);
    gilt_decref(strength);
    return ok;
}

static bool move(GiltObject *a, GiltObject *time) {
    for (int i = 0; i < 3; i++) {
        GiltObject *way = op(gilt_multiply, get(a, V + i), gilt_incref(time));
        if (!put_item(a, X + i, op(gilt_add, get(a, X + i), way))) return false;
    }
    return true;
}

static bool step(GiltObject **bodies, GiltObject *time) {
    for (int i = 0; i < BODIES; i++)
        for (int j = i + 1; j < BODIES; j++) {
            gilt_safepoint();
            if (!attract(bodies[i], bodies[j], time)) return false;
        }
    for (int i = 0; i < BODIES; i++)
        if (!move(bodies[i], time)) return false;
    return true;
}

/* Of motion, and of each pair. `rest` is a body that does not move, for the difference. */
static GiltObject *energy(GiltObject **bodies, GiltObject *rest) {
    GiltObject *sum = gilt_float(0);
    for (int i = 0; i < BODIES; i++) {
        GiltObject *motion =
            op(gilt_multiply, get(bodies[i], MASS), distance(bodies[i], rest, V));
        sum = op(gilt_add, sum, op(gilt_divide, motion, gilt_float(2)));
        for (int j = i + 1; j < BODIES; j++) {
            GiltObject *mass =
                op(gilt_multiply, get(bodies[i], MASS), get(bodies[j], MASS));
            GiltObject *far = square_root(distance(bodies[i], bodies[j], X));
            sum = op(gilt_subtract, sum, op(gilt_divide, mass, far));
        }
    }
    return sum;
}

static GiltObject *body_new(const double *fields) {
    GiltObject *body = gilt_list_new(NULL, 0);
    for (int i = 0; body && i < FIELDS; i++)
        if (!put_last(body, gilt_float(fields[i]))) drop(&body);
    return body;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    static const double nothing[FIELDS];
    GiltObject *bodies[BODIES + 1] = {NULL}, *time = gilt_float(1.0 / 64), *final = NULL;
    bool ok = time != NULL;
    double value;
    for (int i = 0; ok && i <= BODIES; i++)
        ok = (bodies[i] = body_new(i < BODIES ? initial[i] : nothing)) != NULL;
    for (int i = 0; ok && i < STEPS; i++) ok = step(bodies, time);
    ok = ok && (final = energy(bodies, bodies[BODIES])) && gilt_float_value(final, &value);
    if (ok) memcpy(checksum, &value, sizeof value);
    drop_all(bodies, BODIES + 1);
    gilt_decref(time);
    gilt_decref(final);
    return ok;
}

WORKLOAD(n_body) = {
    .name = "n-body",
    .title = "five bodies in motion, by float objects",
    .operations = STEPS * BODIES * (BODIES - 1) / 2,
    .data = PRIVATE,
    .batch = batch,
};
