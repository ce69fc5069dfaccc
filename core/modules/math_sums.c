/* math_sums.c: the functions of math on many numbers: fsum, prod, sumprod, hypot, dist.
 *
 * A sum that is to be exact is kept as partials: doubles that do not overlap, the smallest
 * first, whose sum is exact (Shewchuk, 1997). The last step rounds them once, halves to
 * even. Products are split exactly by a fused multiply and add. */
#include "core/modules/math.h"
#include "core/object/iterate.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include <math.h>
#include <stdlib.h>

/* ---- Exact sums ------------------------------------------------------------------ */

typedef struct Sum {
    double *partials, room[32];
    size_t count, most;
    double special;  /* the sum of infinities and NaNs that came in */
    double infinite; /* of the infinities alone */
} Sum;

static void sum_begin(Sum *sum) {
    *sum = (Sum){.most = sizeof sum->room / sizeof *sum->room};
    sum->partials = sum->room;
}

static void sum_end(Sum *sum) {
    if (sum->partials != sum->room) free(sum->partials);
}

static bool sum_grow(Sum *sum) {
    double *more = malloc(2 * sum->most * sizeof *more);
    if (!more) return gilt_raise(GILT_MEMORY_ERROR, NULL);
    for (size_t i = 0; i < sum->count; i++) more[i] = sum->partials[i];
    sum_end(sum);
    sum->partials = more;
    sum->most *= 2;
    return true;
}

/* What does not fit in a double: `from` is what came in. */
static bool sum_special(Sum *sum, double from, double total) {
    if (isfinite(from)) {
        gilt_raise(GILT_OVERFLOW_ERROR, "intermediate overflow in fsum");
        return false;
    }
    if (isinf(from)) sum->infinite += from;
    sum->special += total;
    sum->count = 0;
    return true;
}

static bool sum_add(Sum *sum, double x) {
    double from = x;
    size_t kept = 0;
    for (size_t i = 0; i < sum->count; i++) {
        double y = sum->partials[i];
        double large = fabs(x) < fabs(y) ? y : x, little = fabs(x) < fabs(y) ? x : y;
        double total = large + little, low = little - (total - large);
        if (low != 0) sum->partials[kept++] = low;
        x = total;
    }
    sum->count = kept;
    if (x == 0) return true;
    if (!isfinite(x)) return sum_special(sum, from, x);
    if (sum->count == sum->most && !sum_grow(sum)) return false;
    sum->partials[sum->count++] = x;
    return true;
}

/* From the largest down, until something is left over. If that is half a unit exactly, what
 * is still below decides. */
static double sum_round(const Sum *sum) {
    size_t n = sum->count;
    double high = 0, low = 0;
    if (n == 0) return 0;
    high = sum->partials[--n];
    while (n) {
        double x = high, y = sum->partials[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0) break;
    }
    if (n && (low < 0) == (sum->partials[n - 1] < 0) && low != 0) {
        double twice = low * 2, next = high + twice;
        if (twice == next - high) high = next;
    }
    return high;
}

static bool sum_finish(Sum *sum, double *result) {
    *result = sum->special != 0 ? sum->special : sum_round(sum);
    if (sum->special == 0 || !isnan(sum->infinite)) return true;
    gilt_raise(GILT_VALUE_ERROR, "-inf + inf in fsum");
    return false;
}

static bool fsum_step(Object *item, void *data) {
    double x;
    return number_double(item, &x) && sum_add(data, x);
}

static Object *do_fsum(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Sum sum;
    double result;
    sum_begin(&sum);
    bool well = iterate_each(arguments[0], fsum_step, &sum) && sum_finish(&sum, &result);
    sum_end(&sum);
    return well ? gilt_float(result) : NULL;
}

/* ---- prod, sumprod --------------------------------------------------------------- */

static bool prod_step(Object *item, void *data) {
    Object **product = data;
    Object *next = object_operate(OP_MULTIPLY, *product, item);
    decref(*product);
    *product = next;
    return next != NULL;
}

static Object *do_prod(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *product = arguments[1] ? incref(arguments[1]) : gilt_int(1);
    if (iterate_each(arguments[0], prod_step, &product)) return product;
    decref_maybe(product);
    return NULL;
}

typedef struct Pairs {
    Object *p, *q; /* lists */
    size_t count;
} Pairs;

/* All items of both, of which there must be equally many. */
static bool pairs_begin(Pairs *pairs, Object *const *arguments) {
    pairs->q = NULL;
    if (!(pairs->p = tuple_of(arguments[0]))) return false;
    if ((pairs->q = tuple_of(arguments[1]))) {
        pairs->count = gilt_tuple_size(pairs->p);
        if (pairs->count == gilt_tuple_size(pairs->q)) return true;
        gilt_raise(GILT_VALUE_ERROR, "Inputs are not the same length");
        decref(pairs->q);
    }
    decref(pairs->p);
    return false;
}

static bool is_plain(Object *o) { return is_type(o, GILT_FLOAT) || int_check(o); }

/* Exact, while both are floats or ints, at least one a float, and nothing overflows. 1; 0:
 * something else is among them; -1. */
static int sumprod_floats(const Pairs *pairs, double *result) {
    Sum sum;
    bool float_seen = false;
    sum_begin(&sum);
    int known = 1;
    for (size_t i = 0; i < pairs->count && known > 0; i++) {
        Object *p = gilt_tuple_get(pairs->p, (ssize_t)i);
        Object *q = gilt_tuple_get(pairs->q, (ssize_t)i);
        double x, y;
        float_seen |= is_type(p, GILT_FLOAT) || is_type(q, GILT_FLOAT);
        if (!is_plain(p) || !is_plain(q)) {
            known = 0;
        } else if (!number_double(p, &x) || !number_double(q, &y)) {
            gilt_error_clear();
            known = 0;
        } else {
            double high = x * y, low = fma(x, y, -high);
            if (!isfinite(high))
                known = 0;
            else if (!sum_add(&sum, high) || !sum_add(&sum, low))
                known = -1;
        }
        decref(p);
        decref(q);
    }
    *result = sum_round(&sum);
    sum_end(&sum);
    return known > 0 && !float_seen ? 0 : known;
}

static Object *sumprod_objects(const Pairs *pairs) {
    Object *sum = gilt_int(0);
    for (size_t i = 0; i < pairs->count && sum; i++) {
        Object *p = gilt_tuple_get(pairs->p, (ssize_t)i);
        Object *q = gilt_tuple_get(pairs->q, (ssize_t)i);
        Object *product = object_operate(OP_MULTIPLY, p, q);
        Object *next = product ? object_operate(OP_ADD, sum, product) : NULL;
        decref_maybe(product);
        decref(p);
        decref(q);
        decref(sum);
        sum = next;
    }
    return sum;
}

static Object *do_sumprod(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Pairs pairs;
    double exact = 0;
    if (!pairs_begin(&pairs, arguments)) return NULL;
    int known = sumprod_floats(&pairs, &exact);
    Object *result = NULL;
    if (known >= 0) result = known ? gilt_float(exact) : sumprod_objects(&pairs);
    decref(pairs.p);
    decref(pairs.q);
    return result;
}

/* ---- hypot, dist ----------------------------------------------------------------- */

/* x * x + low, exactly, is added to a sum in two doubles. */
static void add_square(double x, double *high, double *low) {
    double square = x * x, rest = fma(x, x, -square);
    double total = *high + square; /* *high is at least 1 */
    *low += rest + (square - (total - *high));
    *high = total;
}

/* The length of a vector: scaled by a power of two, so that no square overflows or
 * vanishes; the squares are summed with twice the precision, and the root is corrected
 * once. */
static double length_of(const double *x, size_t count, double most) {
    int exponent;
    if (isinf(most)) return INFINITY;
    for (size_t i = 0; i < count; i++)
        if (isnan(x[i])) return NAN;
    if (most == 0 || count <= 1) return most;
    frexp(most, &exponent);
    if (exponent < -1023) { /* subnormal: 2 ** -exponent would not be a double */
        double scaled = 0;
        for (size_t i = 0; i < count; i++)
            scaled += (x[i] / 0x1p-1074) * (x[i] / 0x1p-1074);
        return 0x1p-1074 * sqrt(scaled);
    }
    double high = 1, low = 0;
    for (size_t i = 0; i < count; i++) add_square(ldexp(x[i], -exponent), &high, &low);
    double sum = high - 1 + low, root = sqrt(sum);
    double square = root * root, rest = fma(root, root, -square);
    double left = high - 1 - square - rest + low;
    return ldexp(root + left / (2 * root), exponent);
}

typedef struct Vector {
    double *x, room[16], most;
} Vector;

static bool vector_begin(Vector *v, size_t count) {
    v->most = 0;
    v->x = v->room;
    if (count <= sizeof v->room / sizeof *v->room) return true;
    v->x = malloc(count * sizeof *v->x);
    return v->x || gilt_raise(GILT_MEMORY_ERROR, NULL);
}

static void vector_put(Vector *v, size_t i, double x) {
    v->x[i] = fabs(x);
    if (v->x[i] > v->most) v->most = v->x[i];
}

static Object *vector_finish(Vector *v, size_t count, bool well) {
    double length = well ? length_of(v->x, count, v->most) : 0;
    if (v->x != v->room) free(v->x);
    return well ? gilt_float(length) : NULL;
}

static Object *do_hypot(Object *self, Object *const *arguments, size_t count) {
    (void)self;
    Vector v;
    double x = 0;
    bool well = true;
    if (!vector_begin(&v, count)) return NULL;
    for (size_t i = 0; i < count && well; i++) {
        well = number_double(arguments[i], &x);
        if (well) vector_put(&v, i, x);
    }
    return vector_finish(&v, count, well);
}

static bool dist_put(Vector *v, Object *p, Object *q, size_t i) {
    Object *one = gilt_tuple_get(p, (ssize_t)i), *other = gilt_tuple_get(q, (ssize_t)i);
    double x, y;
    bool well = number_double(one, &x) && number_double(other, &y);
    if (well) vector_put(v, i, x - y);
    decref(one);
    decref(other);
    return well;
}

static Object *dist_of(Object *p, Object *q) {
    Vector v;
    size_t count = gilt_tuple_size(p);
    bool well = true;
    if (count != gilt_tuple_size(q))
        return gilt_raise(GILT_VALUE_ERROR,
                          "both points must have the same number of dimensions");
    if (!vector_begin(&v, count)) return NULL;
    for (size_t i = 0; i < count && well; i++) well = dist_put(&v, p, q, i);
    return vector_finish(&v, count, well);
}

static Object *do_dist(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    Object *p = tuple_of(arguments[0]), *q = p ? tuple_of(arguments[1]) : NULL;
    Object *result = q ? dist_of(p, q) : NULL;
    decref_maybe(p);
    decref_maybe(q);
    return result;
}

const Native math_sums[] = {
    {"fsum(seq, /)", do_fsum},        {"prod(iterable, /, *, start=)", do_prod},
    {"sumprod(p, q, /)", do_sumprod}, {"hypot(*coordinates)", do_hypot},
    {"dist(p, q, /)", do_dist},       {0},
};
