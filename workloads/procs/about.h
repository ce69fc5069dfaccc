/* about.h: what this worker was built from. */
#pragma once

/* Lines name=value: mode, policies, compiler, flags, commit; gilt must be running. */
void about_print(int output);
