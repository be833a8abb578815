/* Encrypts a file of encoded frames, and decrypts it again: what a native endpoint does with each
 * frame between its encoder and its packetizer, and between its depacketizer and its decoder.
 *
 *   frame_file seal CODEC KEY IN OUT     CODEC as a mime type: video/VP8, audio/opus, ...
 *   frame_file open CODEC KEY IN OUT     KEY: a file of 16 to 64 random bytes
 */
#include <inttypes.h>
#include <sotto_e2ee.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame_records.h"

enum { KEY_INDEX = 0, LARGEST_KEY = 64 };

/* Everything that one run needs; released at one place. */
struct job {
  int sealing;
  uint32_t codec;
  sotto_participant *participant;
  FILE *in, *out;
  struct record record;
  uint8_t *buffer;
  size_t capacity;
};

static int complain(const char *what, sotto_status status) {
  fprintf(stderr, "frame_file: %s: %s (%s)\n", what, sotto_status_text(status),
          sotto_status_name(status));
  return 1;
}

static int complain_about_file(const char *path) {
  fprintf(stderr, "frame_file: cannot use the file %s\n", path);
  return 1;
}

/* One participant is one sender. It seals here; whoever opens makes one for the same sender. */
static int start_participant(struct job *job, const char *key_path) {
  sotto_participant_options options = {sizeof options, SOTTO_FORMAT_SOTTO, SOTTO_SUITE_DEFAULT, 0};
  uint8_t key[LARGEST_KEY + 1];
  FILE *file = fopen(key_path, "rb");
  size_t size;
  sotto_status status;
  if (file == NULL) return complain_about_file(key_path);
  size = fread(key, 1, sizeof key, file);
  fclose(file);
  status = sotto_participant_create(&options, &job->participant);
  if (status != SOTTO_OK) return complain("cannot start", status);
  status = sotto_participant_set_key(job->participant, KEY_INDEX, SOTTO_KEY_RAW, key, size, 0);
  memset(key, 0, sizeof key);
  if (status != SOTTO_OK) return complain("the key is refused", status);
  status = sotto_participant_use_key(job->participant, KEY_INDEX, 0);
  return status == SOTTO_OK ? 0 : complain("the key is refused", status);
}

/* Room for what comes out; frames are about alike, so it rarely grows. */
static int make_room(struct job *job, size_t size) {
  uint8_t *larger;
  if (size <= job->capacity) return 0;
  larger = realloc(job->buffer, size);
  if (larger == NULL) return complain("no room for a frame", SOTTO_E_NO_MEMORY);
  job->buffer = larger;
  job->capacity = size;
  return 0;
}

static int seal_frame(struct job *job, const sotto_frame_facts *facts) {
  size_t written = 0;
  sotto_status status;
  if (make_room(job, sotto_participant_max_sealed_size(job->participant, job->codec,
                                                       job->record.size)) != 0) {
    return 1;
  }
  status = sotto_participant_seal(job->participant, facts, job->record.bytes, job->record.size,
                                  job->buffer, job->capacity, &written);
  /* What cannot be sealed is not sent. */
  if (status != SOTTO_OK) return complain("a frame cannot be sealed", status);
  return write_record(job->out, &job->record, job->buffer, written);
}

static int open_frame(struct job *job, const sotto_frame_facts *facts) {
  sotto_opened_frame opened = {0};
  sotto_status status;
  opened.struct_size = sizeof opened;
  if (make_room(job, job->record.size) != 0) return 1;
  /* A live endpoint gives the time of its clock; a file has the frames' own. */
  status = sotto_participant_open(job->participant, facts, job->record.bytes, job->record.size,
                                  job->buffer, job->capacity, (int64_t)job->record.timestamp * 11,
                                  &opened);
  /* A live endpoint drops the frame and counts the cause; here the file is wrong as a whole. */
  if (status != SOTTO_OK) return complain("a frame does not open", status);
  return write_record(job->out, &job->record, opened.frame, opened.frame_size);
}

static int run(struct job *job) {
  uint64_t count = 0;
  int more;
  while ((more = read_record(job->in, &job->record)) > 0) {
    sotto_frame_facts facts = {0};
    facts.struct_size = sizeof facts;
    facts.codec = job->codec;
    facts.key_frame = job->record.flags & 1;
    facts.context = job->codec == SOTTO_CODEC_OPUS ? 0 : 1; /* microphone, camera */
    facts.rtp_timestamp = job->record.timestamp;
    if ((job->sealing ? seal_frame(job, &facts) : open_frame(job, &facts)) != 0) return 1;
    count++;
  }
  if (more < 0) return complain("the file ends within a frame", SOTTO_E_TRUNCATED);
  printf("%" PRIu64 " frames %s\n", count, job->sealing ? "sealed" : "opened");
  return 0;
}

static int usage(void) {
  fprintf(stderr, "usage: frame_file seal|open CODEC KEY-FILE IN OUT, with CODEC as video/VP8\n");
  return 2;
}

int main(int count, char **words) {
  struct job job = {0};
  sotto_status status;
  int failed;
  if (count != 6) return usage();
  job.sealing = strcmp(words[1], "seal") == 0;
  if (!job.sealing && strcmp(words[1], "open") != 0) return usage();
  if (sotto_abi_version() != SOTTO_E2EE_ABI_VERSION)
    return complain("old library", SOTTO_E_UNSUPPORTED);
  status = sotto_codec_from_mime(words[2], &job.codec);
  if (status != SOTTO_OK) return complain(words[2], status);

  failed = start_participant(&job, words[3]);
  if (!failed && (job.in = fopen(words[4], "rb")) == NULL) failed = complain_about_file(words[4]);
  if (!failed && (job.out = fopen(words[5], "wb")) == NULL) failed = complain_about_file(words[5]);
  if (!failed) failed = run(&job);

  if (job.in != NULL) fclose(job.in);
  if (job.out != NULL && fclose(job.out) != 0) failed = complain_about_file(words[5]);
  if (failed && job.out != NULL) remove(words[5]); /* half a file would look like a whole one */
  sotto_participant_destroy(job.participant);
  free(job.record.bytes);
  free(job.buffer);
  return failed;
}
