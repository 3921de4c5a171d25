/* Makes one call fail that changes a file below a folder: put before the C library with LD_PRELOAD.
   FAULT_FOLDER: the folder. FAULT_AT: which call, from 1. FAULT_ERRNO: what it fails with. It says on standard error that it did. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

static int below(const char *path) {
    const char *folder = getenv("FAULT_FOLDER");
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static int below_fd(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return below(path);
}

static int fails(const char *call) {
    const char *at = getenv("FAULT_AT"), *number = getenv("FAULT_ERRNO");
    if (!at || !number || atomic_fetch_add(&calls, 1) + 1 != atol(at)) return 0;
    char line[64];
    int length = snprintf(line, sizeof line, "fault in %s\n", call);
    syscall(SYS_write, 2, line, length);
    errno = atoi(number);
    return 1;
}

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))
#define BY_FD(result, name, parameters, arguments) \
    result name parameters { return below_fd(fd) && fails(#name) ? -1 : REAL(name) arguments; }
#define BY_PATH(result, name, parameters, arguments) \
    result name parameters { return below(path) && fails(#name) ? -1 : REAL(name) arguments; }

BY_FD(ssize_t, write, (int fd, const void *bytes, size_t count), (fd, bytes, count))
BY_FD(ssize_t, pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
BY_FD(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at))
BY_FD(int, ftruncate, (int fd, off_t length), (fd, length))
BY_FD(int, ftruncate64, (int fd, off64_t length), (fd, length))
BY_FD(int, fsync, (int fd), (fd))
BY_FD(int, fdatasync, (int fd), (fd))
BY_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode))
BY_PATH(int, rename, (const char *path, const char *to), (path, to))

ssize_t copy_file_range(int in, off64_t *from, int fd, off64_t *to, size_t length, unsigned flags) {
    return below_fd(fd) && fails("copy_file_range") ? -1 : REAL(copy_file_range)(in, from, fd, to, length, flags);
}

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        mode_t mode = 0; \
        if (flags & O_CREAT) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
            if (below(path) && fails(#name)) return -1; \
        } \
        return REAL(name)(path, flags, mode); \
    }

OPEN(open)
OPEN(open64)
