#include "helper.h"
int base() { return 5; }
