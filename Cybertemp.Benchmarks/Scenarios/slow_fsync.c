/* Preloaded into PostgreSQL: a disk that needs SLOW_FSYNC_MICROSECONDS more to flush. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

typedef int (*flush)(int);

static struct timespec delay;
static flush real_fsync, real_fdatasync;

__attribute__((constructor)) static void prepare(void)
{
    const char *text = getenv("SLOW_FSYNC_MICROSECONDS");
    long microseconds = text ? atol(text) : 0;
    delay.tv_sec = microseconds / 1000000;
    delay.tv_nsec = microseconds % 1000000 * 1000;
    real_fsync = (flush)dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (flush)dlsym(RTLD_NEXT, "fdatasync");
}

static int slowly(flush real, int descriptor)
{
    struct timespec left = delay;
    int result = real(descriptor), error = errno;
    while (nanosleep(&left, &left) != 0 && errno == EINTR)
    {
    }
    errno = error;
    return result;
}

int fsync(int descriptor) { return slowly(real_fsync, descriptor); }

int fdatasync(int descriptor) { return slowly(real_fdatasync, descriptor); }
