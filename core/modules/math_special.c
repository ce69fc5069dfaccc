/* math_special.c: math.gamma and math.lgamma.
 *
 * Lanczos's approximation with the 13 coefficients that Boost's authors found for doubles,
 * as a fraction of two polynomials (Godfrey; Toth; Maddock): Python's results, too, come
 * from it, and the C library's differ in the last digits. Negative arguments go through
 * the reflection formula; poles are domain errors. */
#include "core/modules/math.h"
#include "core/types/float.h"
#include "core/types/number.h"
#include <math.h>

#define G 6.024680040776729583740234375
#define G_LESS_HALF 5.524680040776729583740234375
enum { TERMS = 13 };

static const double above[TERMS] = {23531376880.410759688572007674451636754734846804940,
                                    42919803642.649098768957899047001988850926355848959,
                                    35711959237.355668049440185451547166705960488635843,
                                    17921034426.037209699919755754458931112671403265390,
                                    6039542586.3520280050642916443072979210699388420708,
                                    1439720407.3117216736632230727949123939715485786772,
                                    248874557.86205415651146038641322942321632125127801,
                                    31426415.585400194380614231628318205362874684987640,
                                    2876370.6289353724412254090516208496135991145378768,
                                    186056.26539522349504029498971604569928220784236328,
                                    8071.6720023658162106380029022722506138218516325024,
                                    210.82427775157934587250973392071336271166969580291,
                                    2.5066282746310002701649081771338373386264310793408};

/* x (x + 1) ... (x + 11), multiplied out. */
static const double below[TERMS] = {0,        39916800, 120543840, 150917976, 105258076,
                                    45995730, 13339535, 2637558,   357423,    32670,
                                    1925,     66,       1};

/* For x > 0. Larger ones in powers of 1/x, which overflow less. */
static double lanczos(double x) {
    double top = 0, bottom = 0;
    for (int i = 0; i < TERMS; i++) {
        int at = x < 5 ? TERMS - 1 - i : i;
        top = x < 5 ? top * x + above[at] : top / x + above[at];
        bottom = x < 5 ? bottom * x + below[at] : bottom / x + below[at];
    }
    return top / bottom;
}

/* sin(pi x), exact where that is 0, 1 or -1. */
static double sine_of_turns(double x) {
    double y = fmod(fabs(x), 2), sine;
    switch ((int)round(2 * y)) {
    case 0:
        sine = sin(M_PI * y);
        break;
    case 1:
        sine = cos(M_PI * (y - 0.5));
        break;
    case 2: /* not sin(pi (y - 1)): its sign would be lost at 1 */
        sine = sin(M_PI * (1 - y));
        break;
    case 3:
        sine = -cos(M_PI * (y - 1.5));
        break;
    default:
        sine = sin(M_PI * (y - 2));
    }
    return copysign(1, x) * sine;
}

static bool is_pole(double x) { return x <= 0 && x == floor(x); }

/* (x - 1)!, which a double holds exactly. */
static double small_factorial(double x) {
    double product = 1;
    for (double factor = 2; factor < x; factor++) product *= factor;
    return product;
}

/* times or by base ** exponent: in two steps where that would overflow. */
static double scaled(double value, double base, double exponent, bool large, bool divide) {
    double factor = pow(base, large ? exponent / 2 : exponent);
    for (int i = 0; i <= large; i++) value = divide ? value / factor : value * factor;
    return value;
}

static double gamma_of(double x) {
    double size = fabs(x);
    if (size < 1e-20) return 1 / x;
    if (size > 200) return x < 0 ? 0 / sine_of_turns(x) : INFINITY;
    /* What the sum y has lost by rounding, to be put in again. */
    double y = size + G_LESS_HALF;
    double lost = size > G_LESS_HALF ? y - size - G_LESS_HALF : y - G_LESS_HALF - size;
    double correction = lost * G / y, result;
    bool large = size >= 140;
    if (x < 0) {
        result = -M_PI / sine_of_turns(size) / size * exp(y) / lanczos(size);
        result -= correction * result;
    } else {
        result = lanczos(size) / exp(y);
        result += correction * result;
    }
    return scaled(result, y, size - 0.5, large, x < 0);
}

static double log_gamma_of(double x) {
    double size = fabs(x);
    if (x == 1 || x == 2) return 0;
    if (size < 1e-20) return -log(size);
    double result = log(lanczos(size)) - G;
    result += (size - 0.5) * (log(size + G - 0.5) - 1);
    if (x < 0) result = log(M_PI) - log(fabs(sine_of_turns(size))) - log(size) - result;
    return result;
}

static Object *do_gamma(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x;
    if (!number_double(arguments[0], &x)) return NULL;
    if (isnan(x) || x == INFINITY) return gilt_float(x);
    if (is_pole(x)) return math_domain_error();
    if (x == floor(x) && x <= 23) return gilt_float(small_factorial(x));
    double result = gamma_of(x);
    return isinf(result) ? math_range_error() : gilt_float(result);
}

static Object *do_lgamma(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    double x;
    if (!number_double(arguments[0], &x)) return NULL;
    if (!isfinite(x)) return gilt_float(fabs(x));
    if (is_pole(x)) return math_domain_error();
    double result = log_gamma_of(x);
    return isinf(result) ? math_range_error() : gilt_float(result);
}

const Native math_special[] = {
    {"gamma(x, /)", do_gamma},
    {"lgamma(x, /)", do_lgamma},
    {0},
};
