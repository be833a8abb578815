// Included before the kernel where valgrind watches it.
#pragma once

#include <valgrind/memcheck.h>

#define SOTTO_DECLASSIFY(value) VALGRIND_MAKE_MEM_DEFINED(&(value), sizeof(value))
