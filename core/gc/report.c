#include "core/gc/report.h"
void gc_report_start(const Collection *c) { (void)c; }
void gc_report_stop(const Collection *c) { (void)c; }
