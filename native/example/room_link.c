/* Two endpoints in one program that hold the same room link: one seals, the other opens. Shows what
 * goes over the wire beside the frames: the sender's KID, in a sealed message.
 *
 *   room_link SECRET ROOM     SECRET: the 64 hexadecimal digits of the link's 32 bytes
 */
#include <sotto_e2ee.h>
#include <stdio.h>
#include <string.h>

static const uint8_t ALICE[] = "alice";

/* Ends the program's work at the first thing that fails, and says what. */
#define CHECK(call)                                                        \
  do {                                                                     \
    const sotto_status check_status = (call);                              \
    if (check_status != SOTTO_OK) {                                        \
      fprintf(stderr, "room_link: %s\n", sotto_status_text(check_status)); \
      return 1;                                                            \
    }                                                                      \
  } while (0)

static int read_secret(const char *text, uint8_t secret[SOTTO_LINK_SECRET_SIZE]) {
  size_t i;
  unsigned byte;
  if (strlen(text) != 2 * SOTTO_LINK_SECRET_SIZE) return 1;
  for (i = 0; i < SOTTO_LINK_SECRET_SIZE; i++) {
    if (sscanf(text + 2 * i, "%2x", &byte) != 1) return 1;
    secret[i] = (uint8_t)byte;
  }
  return 0;
}

/* Alice tells the others under which KID she sends. */
static int announce(sotto_session *alice, uint64_t kid, sotto_session *bob) {
  uint8_t plain[8], sealed[sizeof plain + SOTTO_MESSAGE_OVERHEAD];
  size_t size, i;
  for (i = 0; i < sizeof plain; i++) plain[i] = (uint8_t)(kid >> (8 * i));
  CHECK(sotto_session_seal_message(alice, ALICE, sizeof ALICE, plain, sizeof plain, sealed,
                                   sizeof sealed, &size));
  /* ... the message travels through any server ... */
  CHECK(sotto_session_open_message(bob, ALICE, sizeof ALICE, sealed, size, plain, sizeof plain,
                                   &size));
  for (kid = 0, i = 0; i < sizeof plain; i++) kid |= (uint64_t)plain[i] << (8 * i);
  CHECK(sotto_session_announce(bob, kid));
  return 0;
}

static int send_frame(sotto_sealer *sealer, sotto_session *bob) {
  static const uint8_t frame[] = "an encoder's frame";
  uint8_t wire[256], out[256];
  size_t size;
  sotto_opened_frame opened = {0};
  opened.struct_size = sizeof opened;
  CHECK(sotto_sealer_seal(sealer, SOTTO_CODEC_OPUS, 0, frame, sizeof frame, wire, sizeof wire,
                          &size));
  /* ... the frame travels through any SFU ... */
  CHECK(sotto_session_open(bob, SOTTO_CODEC_OPUS, wire, size, out, sizeof out, &opened));
  if (opened.frame_size != sizeof frame || memcmp(opened.frame, frame, sizeof frame) != 0) return 1;
  printf("%zu bytes on the wire, opened: %s\n", size, (const char *)opened.frame);
  return 0;
}

int main(int count, char **words) {
  uint8_t secret[SOTTO_LINK_SECRET_SIZE];
  sotto_session *alice = NULL, *bob = NULL;
  sotto_sealer *sealer = NULL;
  int failed;
  if (count != 3 || read_secret(words[1], secret) != 0) {
    fprintf(stderr, "usage: room_link SECRET-IN-64-HEX-DIGITS ROOM\n");
    return 2;
  }
  CHECK(sotto_session_create(secret, sizeof secret, words[2], 0, &alice));
  CHECK(sotto_session_create(secret, sizeof secret, words[2], 0, &bob));
  memset(secret, 0, sizeof secret);
  CHECK(sotto_sealer_create(alice, &sealer));
  failed = announce(alice, sotto_sealer_kid(sealer), bob) || send_frame(sealer, bob);
  sotto_sealer_destroy(sealer);
  sotto_session_destroy(alice);
  sotto_session_destroy(bob);
  return failed;
}
