/* Three members of a group in one program: they agree on keys over a transport in memory, chat, and
 * open each other's frames; then one is kicked and opens nothing any more.
 *
 *   group_call
 *
 * A real endpoint does the same with sockets: what is polled is sent, what arrives is received, and
 * the clock is real.
 */
#include <sotto_group.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 3, LONGEST_QUEUE = 4096, MICROSECONDS = 1000000 };

static const char* const NAMES[MEMBERS] = {"Ann", "Ben", "Cem"};

struct member {
  sotto_group* group;
  sotto_group_frames* frames;
  uint8_t endpoint[SOTTO_GROUP_ENDPOINT_SIZE];
  int started;
};

/* What the server of a real app does: it hands every message on, in one order for all. */
struct message {
  uint32_t kind, from;
  uint64_t number;
  uint8_t* bytes;
  size_t size;
};

static struct member members[MEMBERS];
static struct message queue[LONGEST_QUEUE];
static size_t sent, delivered;
static uint64_t handshakes;
static int64_t now_us = MICROSECONDS;

/* Ends the program at the first thing that fails, and says what. */
static void check(sotto_status status, const char* what) {
  if (status == SOTTO_OK) return;
  fprintf(stderr, "group_call: %s: %s\n", what, sotto_status_text(status));
  exit(1);
}

static void show(const struct member* member, const sotto_group_event* event) {
  const char* me = NAMES[member - members];
  if (event->type == SOTTO_GROUP_CHAT) {
    printf("%s reads from %s: %s\n", me, event->name, event->text);
  } else if (event->type == SOTTO_GROUP_MEMBER_GONE) {
    printf("%s sees that %s has gone\n", me, event->name);
  } else if (event->type == SOTTO_GROUP_ENDED) {
    printf("for %s it is over\n", me);
  }
}

static void send_message(uint32_t from, const sotto_group_message* message) {
  struct message* entry = &queue[sent];
  if (sent == LONGEST_QUEUE || (entry->bytes = malloc(message->size + 1)) == NULL) {
    check(SOTTO_E_NO_MEMORY, "the transport");
  }
  sent++;
  memcpy(entry->bytes, message->bytes, message->size);
  entry->kind = message->kind;
  entry->from = from;
  entry->size = message->size;
  entry->number = message->kind == SOTTO_GROUP_HANDSHAKE ? ++handshakes : 0;
}

/* After everything that a group was told: what it wants sent, and shown. */
static void drain(uint32_t i) {
  sotto_group_message message = {0};
  sotto_group_event event = {0};
  message.struct_size = sizeof message;
  event.struct_size = sizeof event;
  while (sotto_group_poll_message(members[i].group, &message) == SOTTO_OK)
    send_message(i, &message);
  while (sotto_group_poll_event(members[i].group, &event) == SOTTO_OK) show(&members[i], &event);
}

/* Handshakes and application messages go to all, the sender too; a Welcome is of no use to others
 * than those it is for, and a key package none to its owner. */
static void deliver(const struct message* message) {
  uint32_t i;
  for (i = 0; i < MEMBERS; i++) {
    if (!members[i].started) continue;
    if (i == message->from && message->kind != SOTTO_GROUP_HANDSHAKE &&
        message->kind != SOTTO_GROUP_APPLICATION) {
      continue;
    }
    check(sotto_group_receive(members[i].group, message->kind, members[message->from].endpoint,
                              message->number, message->bytes, message->size, now_us),
          "receiving");
    drain(i);
  }
}

/* Lets so many milliseconds pass. */
static void run(int milliseconds) {
  int64_t at;
  uint32_t i;
  for (; milliseconds > 0; milliseconds -= 10) {
    now_us += 10000;
    for (i = 0; i < MEMBERS; i++) {
      if (!members[i].started) continue;
      if (sotto_group_next_timeout(members[i].group, &at) == SOTTO_OK && at <= now_us) {
        check(sotto_group_timeout(members[i].group, now_us), "a timer");
      }
      drain(i);
    }
    while (delivered < sent) deliver(&queue[delivered++]);
  }
}

static void join(uint32_t i) {
  /* A real endpoint keeps its identity, and its endpoint is random. The link is the room's. */
  uint8_t identity[SOTTO_GROUP_IDENTITY_SIZE];
  sotto_group_options options = {0};
  struct member* member = &members[i];
  memset(member->endpoint, (int)i + 1, sizeof member->endpoint);
  check(sotto_group_identity(identity, sizeof identity), "an identity");
  options.struct_size = sizeof options;
  options.room = "quiet-otter";
  options.link = "0.BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
  options.name = NAMES[i];
  options.endpoint = member->endpoint;
  options.identity = identity;
  options.publishes = 1;
  check(sotto_group_create(&options, &member->group), "joining");
  memset(identity, 0, sizeof identity);
  check(sotto_group_frames_create(member->group, &member->frames), "frames");
  /* Its place in the call; a member that comes later asks the server for what came before. */
  member->started = 1;
  check(sotto_group_start(member->group, i, now_us, 1800000000), "starting");
  drain(i);
  run(4000);
}

/* Seals a frame of Ann's microphone, and says who can open it. */
static int send_frame(void) {
  static const uint8_t frame[] = "an encoder's frame";
  uint8_t wire[256], out[256];
  size_t size;
  uint32_t i;
  int opened_by = 0;
  check(sotto_group_frames_seal(members[0].frames, 0, SOTTO_CODEC_OPUS, 0, frame, sizeof frame,
                                wire, sizeof wire, &size),
        "sealing");
  /* The others play a stream once they have been told of it. */
  check(sotto_group_timeout(members[0].group, now_us), "announcing");
  run(100);
  for (i = 1; i < MEMBERS; i++) {
    sotto_group_frame opened = {0};
    sotto_status status;
    opened.struct_size = sizeof opened;
    status = sotto_group_frames_open(members[i].frames, 1, SOTTO_CODEC_OPUS, wire, size, out,
                                     sizeof out, now_us, &opened);
    printf("%s: %s\n", NAMES[i],
           status == SOTTO_OK ? (const char*)opened.frame : sotto_status_name(status));
    if (status == SOTTO_OK && opened.frame_size == sizeof frame) opened_by++;
  }
  return opened_by;
}

/* Ann, who founded the room and decides about it, picks one of its members by name. */
static void kick(const char* name) {
  uint32_t leaves[MEMBERS];
  size_t count, i;
  check(sotto_group_members(members[0].group, leaves, MEMBERS, &count), "the members");
  for (i = 0; i < count; i++) {
    sotto_group_member member = {0};
    member.struct_size = sizeof member;
    check(sotto_group_find_member(members[0].group, leaves[i], now_us, &member), "a member");
    if (strcmp(member.name, name) != 0) continue;
    check(sotto_group_kick(members[0].group, member.identity_key, 0, now_us), "kicking");
  }
}

int main(void) {
  uint32_t i, number;
  int before, after;
  for (i = 0; i < MEMBERS; i++) join(i);
  check(sotto_group_say(members[1].group, "hello", now_us, &number), "saying hello");
  run(100);
  before = send_frame();
  kick(NAMES[2]);
  run(1000);
  after = send_frame();
  for (i = 0; i < MEMBERS; i++) {
    sotto_group_destroy(members[i].group);
    sotto_group_frames_destroy(members[i].frames);
  }
  while (sent > 0) free(queue[--sent].bytes);
  return before == 2 && after == 1 ? 0 : 1;
}
