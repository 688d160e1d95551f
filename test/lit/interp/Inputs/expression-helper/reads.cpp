#include "helper.h"
#include "settings.h"
Settings wide(int factor) { return {base() * factor}; }
