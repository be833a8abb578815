/* A file of encoded frames. Records follow each other, integers little-endian:
 *   u32 length | u8 flags (bit 0: key frame) | u32 RTP timestamp | u8, u8 layers | the frame's
 * bytes */
#ifndef FRAME_RECORDS_H
#define FRAME_RECORDS_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct record {
  uint8_t flags;
  uint32_t timestamp;
  uint8_t layers[2];
  uint8_t *bytes; /* owned by the record; grows as it is needed */
  size_t size;
  size_t capacity;
};

/* 1: a record; 0: the end of the file; -1: the file is damaged, or memory ran out. */
int read_record(FILE *file, struct record *record);

/* 0, or -1 when writing fails. `bytes` go in place of the record's own. */
int write_record(FILE *file, const struct record *record, const uint8_t *bytes, size_t size);

#endif
