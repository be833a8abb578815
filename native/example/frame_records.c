#include "frame_records.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER = 11, LARGEST = 1 << 25 };

static uint32_t read_u32(const uint8_t *at) {
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void write_u32(uint8_t *at, uint32_t value) {
  at[0] = (uint8_t)value;
  at[1] = (uint8_t)(value >> 8);
  at[2] = (uint8_t)(value >> 16);
  at[3] = (uint8_t)(value >> 24);
}

int read_record(FILE *file, struct record *record) {
  uint8_t header[HEADER];
  const size_t got = fread(header, 1, sizeof header, file);
  if (got == 0 && feof(file)) return 0;
  if (got != sizeof header) return -1;
  record->size = read_u32(header);
  record->flags = header[4];
  record->timestamp = read_u32(header + 5);
  memcpy(record->layers, header + 9, 2);
  if (record->size > LARGEST) return -1;
  if (record->size > record->capacity) {
    uint8_t *larger = realloc(record->bytes, record->size);
    if (larger == NULL) return -1;
    record->bytes = larger;
    record->capacity = record->size;
  }
  return fread(record->bytes, 1, record->size, file) == record->size ? 1 : -1;
}

int write_record(FILE *file, const struct record *record, const uint8_t *bytes, size_t size) {
  uint8_t header[HEADER];
  write_u32(header, (uint32_t)size);
  header[4] = record->flags;
  write_u32(header + 5, record->timestamp);
  memcpy(header + 9, record->layers, 2);
  if (fwrite(header, 1, sizeof header, file) != sizeof header) return -1;
  return fwrite(bytes, 1, size, file) == size ? 0 : -1;
}
