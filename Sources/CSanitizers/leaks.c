#include "CSanitizers.h"

#if __has_feature(address_sanitizer)

// Built in, because programs also start where no variable of the tests reaches them.
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void) {
    return
        // An object with weak references keeps the address of their table shifted, with flags: it
        // looks lost while the object lives. (What such a table leads to counts as held, too.)
        "leak:formWeakReference\n"
        // RelayIntake's Door keeps which of its cases it is in the unused bits of the address of
        // its endpoint.
        "leak:11RelayIntake8EndpointC\n"
        // The toolchain's Foundation forgets a page for each empty file that it reads whole.
        "leak:readBytesFromFile\n";
}

const char *__lsan_default_options(void);

const char *__lsan_default_options(void) { return "print_suppressions=0"; }

#endif
