/* Marks what libmagscan.so shows to other programs, for C and C++. Everything else in it is hidden. */
#ifndef MAGSCAN_EXPORT_H
#define MAGSCAN_EXPORT_H

#if defined(__GNUC__)
#define MAGSCAN_API __attribute__((visibility("default")))
#else
#define MAGSCAN_API
#endif

#endif
