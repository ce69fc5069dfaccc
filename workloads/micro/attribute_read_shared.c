/* attribute-read-shared: what does reading an attribute of one shared instance cost?
 *
 * The main thread makes one instance with three attributes, as a program's settings are;
 * all threads read them. Finding an attribute writes nothing; counting its value does. */
#include "workloads/micro/values.h"

enum { READS = 12288, NAMES = 3 };

static const char *const texts[NAMES] = {"width", "height", "depth"};
static GiltObject *class, *instance;
static GiltObject *names[NAMES];

static bool setup(int threads, char **arguments, int count) {
    (void)threads, (void)arguments, (void)count;
    if (!(class = gilt_class_new("Settings", NULL, NULL))) return false;
    if (!(instance = gilt_instance_new(class))) return false;
    for (int i = 0; i < NAMES; i++) {
        if (!(names[i] = gilt_intern(texts[i]))) return false;
        if (!put_attr(instance, names[i], gilt_int(1000 + i))) return false;
    }
    return true;
}

static bool batch(int thread, uint64_t *checksum) {
    (void)thread;
    uint64_t sum = 0;
    for (int i = 0; i < READS; i++) {
        for (int j = 0; j < NAMES; j++)
            if (!mix_taken(&sum, gilt_get_attr(instance, names[j]))) return false;
        if (i % 8 == 0) gilt_safepoint();
    }
    *checksum = sum;
    return true;
}

static void teardown(void) {
    drop(&instance);
    drop(&class);
    drop_all(names, NAMES);
}

WORKLOAD(attribute_read_shared) = {
    .name = "attribute-read-shared",
    .title = "all threads read the attributes of one instance",
    .operations = READS * NAMES,
    .data = SHARED,
    .setup = setup,
    .batch = batch,
    .teardown = teardown,
};
