/* time_calendar.c: the functions of time that know years, days and time zones: the C
 * library's, with the checks that Python makes before it asks them. */
#include "core/modules/time.h"
#include "core/object/error.h"
#include "core/object/operations.h"
#include "core/types/class.h"
#include "core/types/float.h"
#include "core/types/int.h"
#include "core/types/number.h"
#include "core/types/str.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIELDS = 9 };

static const RecordSpec struct_time = {
    "time.struct_time",
    (const char *const[]){"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
                          "tm_wday", "tm_yday", "tm_isdst"},
    FIELDS};

/* ---- From seconds to fields ------------------------------------------------------ */

static Object *fields_of(const struct tm *t) {
    const int64_t values[FIELDS] = {t->tm_year + INT64_C(1900),
                                    t->tm_mon + 1,
                                    t->tm_mday,
                                    t->tm_hour,
                                    t->tm_min,
                                    t->tm_sec,
                                    (t->tm_wday + 6) % 7,
                                    t->tm_yday + 1,
                                    t->tm_isdst};
    Object *items[FIELDS];
    for (int i = 0; i < FIELDS; i++) items[i] = gilt_int(values[i]);
    return record_new(&struct_time, items);
}

/* Nothing or None: now. */
static bool seconds_of(Object *o, time_t *seconds) {
    int64_t value;
    if (!o || is_type(o, GILT_NONE)) {
        *seconds = time(NULL);
        return true;
    }
    if (float_check(o)) {
        double whole = floor(float_value(o));
        if (isnan(whole))
            return gilt_raise(GILT_VALUE_ERROR, "Invalid value NaN (not a number)");
        if (!(fabs(whole) < 0x1p63))
            return gilt_raise(GILT_OVERFLOW_ERROR,
                              "timestamp out of range for platform time_t");
        *seconds = (time_t)whole;
        return true;
    }
    Object *index = object_as_int(o);
    bool big = index && int_is_big(index);
    if (!index) return false;
    decref(index);
    if (big)
        return gilt_raise(GILT_OVERFLOW_ERROR,
                          "timestamp out of range for platform time_t");
    if (!number_index_cut(o, &value)) return false;
    *seconds = (time_t)value;
    return true;
}

static Object *split(Object *o, struct tm *(*function)(const time_t *, struct tm *)) {
    time_t seconds;
    struct tm fields;
    if (!seconds_of(o, &seconds)) return NULL;
    if (!function(&seconds, &fields))
        return error_raise_os(errno, NULL, NULL);
    return fields_of(&fields);
}

static Object *do_gmtime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return split(arguments[0], gmtime_r);
}

static Object *do_localtime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    return split(arguments[0], localtime_r);
}

/* ---- From fields ----------------------------------------------------------------- */

static bool field_of(Object *tuple, int i, int *value) {
    Object *item = gilt_tuple_get(tuple, i);
    int64_t whole = 0;
    bool well = item && number_index_cut(item, &whole);
    decref_maybe(item);
    if (well && whole == (int)whole) return *value = (int)whole, true;
    if (well)
        gilt_raise(GILT_OVERFLOW_ERROR, "signed integer is %s than %s",
                   whole < 0 ? "less" : "greater", whole < 0 ? "minimum" : "maximum");
    return false;
}

static bool fields_read(Object *o, const char *function, struct tm *t) {
    int year, *const places[FIELDS] = {&year,       &t->tm_mon,  &t->tm_mday,
                                       &t->tm_hour, &t->tm_min,  &t->tm_sec,
                                       &t->tm_wday, &t->tm_yday, &t->tm_isdst};
    memset(t, 0, sizeof *t);
    if (!is_kind(o, GILT_TUPLE))
        return gilt_raise(GILT_TYPE_ERROR, "Tuple or struct_time argument required");
    if (gilt_tuple_size(o) != FIELDS)
        return gilt_raise(GILT_TYPE_ERROR, "%s(): illegal time tuple argument", function);
    for (int i = 0; i < FIELDS; i++)
        if (!field_of(o, i, places[i])) return false;
    if (year < INT32_MIN + 1900)
        return gilt_raise(GILT_OVERFLOW_ERROR, "year out of range");
    t->tm_year = year - 1900;
    t->tm_mon--;
    t->tm_wday = (t->tm_wday + 1) % 7;
    t->tm_yday--;
    return true;
}

/* For functions that look names up: a 0 where counting begins with 1 is a 1. */
static bool fields_check(struct tm *t) {
    if (t->tm_mon == -1) t->tm_mon = 0;
    if (t->tm_mday == 0) t->tm_mday = 1;
    if (t->tm_yday == -1) t->tm_yday = 0;
    const char *wrong = t->tm_mon < 0 || t->tm_mon > 11      ? "month"
                        : t->tm_mday < 0 || t->tm_mday > 31  ? "day of month"
                        : t->tm_hour < 0 || t->tm_hour > 23  ? "hour"
                        : t->tm_min < 0 || t->tm_min > 59    ? "minute"
                        : t->tm_sec < 0 || t->tm_sec > 61    ? "seconds"
                        : t->tm_wday < 0                     ? "day of week"
                        : t->tm_yday < 0 || t->tm_yday > 365 ? "day of year"
                                                             : NULL;
    return !wrong || gilt_raise(GILT_VALUE_ERROR, "%s out of range", wrong);
}

/* The fields that are given, or those of now. */
static bool fields_or_now(Object *o, const char *function, struct tm *t) {
    if (o && !is_type(o, GILT_NONE)) return fields_read(o, function, t) && fields_check(t);
    time_t now = time(NULL);
    localtime_r(&now, t);
    return true;
}

static Object *do_mktime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    struct tm fields;
    if (!fields_read(arguments[0], "mktime", &fields)) return NULL;
    fields.tm_wday = -1; /* stays, if it fails: -1 is a time, too */
    time_t seconds = mktime(&fields);
    if (seconds == -1 && fields.tm_wday == -1)
        return gilt_raise(GILT_OVERFLOW_ERROR, "mktime argument out of range");
    return gilt_float((double)seconds);
}

static Object *line_of(const struct tm *t) {
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    return gilt_str_format("%.3s %.3s%3d %02d:%02d:%02d %lld", days + 3 * t->tm_wday,
                           months + 3 * t->tm_mon, t->tm_mday, t->tm_hour, t->tm_min,
                           t->tm_sec, t->tm_year + 1900LL);
}

static Object *do_asctime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    struct tm fields;
    return fields_or_now(arguments[0], "asctime", &fields) ? line_of(&fields) : NULL;
}

static Object *do_ctime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    time_t seconds;
    struct tm fields;
    if (!seconds_of(arguments[0], &seconds)) return NULL;
    if (!localtime_r(&seconds, &fields))
        return error_raise_os(errno, NULL, NULL);
    return line_of(&fields);
}

/* strftime does not tell a text that is empty from one that is too long. */
static Object *formatted(const char *format, const struct tm *t) {
    size_t most = 256 * (strlen(format) + 1);
    for (size_t room = 1024;; room *= 4) {
        char *text = malloc(room);
        if (!text) return gilt_raise(GILT_MEMORY_ERROR, NULL);
        size_t size = strftime(text, room, format, t);
        Object *result = size || room >= most ? gilt_str_new(text, size) : NULL;
        free(text);
        if (result || gilt_error()) return result;
    }
}

static Object *do_strftime(Object *self, Object *const *arguments, size_t count) {
    (void)self, (void)count;
    struct tm fields;
    if (!str_check(arguments[0]))
        return gilt_raise(GILT_TYPE_ERROR, "strftime() argument 1 must be str, not %s",
                          gilt_type_name(arguments[0]));
    if (!fields_or_now(arguments[1], "strftime", &fields)) return NULL;
    fields.tm_isdst = fields.tm_isdst < -1 ? -1 : fields.tm_isdst > 1 ? 1 : fields.tm_isdst;
    char *format = gilt_str_utf8(arguments[0], NULL);
    Object *text = format ? formatted(format, &fields) : NULL;
    free(format);
    return text;
}

/* ---- Time zones ------------------------------------------------------------------ */

/* How far local time is behind at the beginning of January and July, and what it is called
 * then: one of them is summer time, if there is any. */
static Object *zone_name(time_t when, int64_t *behind) {
    struct tm fields;
    localtime_r(&when, &fields);
    *behind = -fields.tm_gmtoff;
    return gilt_str_from(fields.tm_zone ? fields.tm_zone : "");
}

static bool put_zone(Object *module) {
    enum { YEAR = 31556952 }; /* seconds in a year of 365.2425 days */
    time_t january = time(NULL) / YEAR * YEAR;
    int64_t behind[2];
    Object *names[] = {zone_name(january, &behind[0]),
                       zone_name(january + YEAR / 2, &behind[1])};
    int winter = behind[0] < behind[1]; /* in the south, July */
    Object *pair[] = {names[winter], names[!winter]};
    Object *both = names[0] && names[1] ? gilt_tuple_new(pair, 2) : NULL;
    decref_maybe(names[0]);
    decref_maybe(names[1]);
    return module_put(module, "tzname", both) &&
           module_put(module, "timezone", gilt_int(behind[winter])) &&
           module_put(module, "altzone", gilt_int(behind[!winter])) &&
           module_put(module, "daylight", gilt_int(behind[0] != behind[1]));
}

bool time_fill_zone(Object *module) {
    Type *type = record_type(&struct_time);
    tzset();
    return type && module_put(module, "struct_time", incref(&type->head)) &&
           put_zone(module);
}

static Object *do_tzset(Object *self, Object *const *arguments, size_t count) {
    (void)arguments, (void)count;
    tzset();
    return put_zone(self) ? gilt_none() : NULL;
}

const Native time_calendar[] = {
    {"gmtime(seconds=, /)", do_gmtime},
    {"localtime(seconds=, /)", do_localtime},
    {"mktime(tuple, /)", do_mktime},
    {"asctime(tuple=, /)", do_asctime},
    {"ctime(seconds=, /)", do_ctime},
    {"strftime(format, tuple=, /)", do_strftime},
    {"tzset()", do_tzset},
    {0},
};
