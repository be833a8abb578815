#include "mls/keys/transcript_hash.h"

#include "mls/keys/hash.h"

namespace sotto::mls {

HashValue confirmed_transcript_hash(ByteView interim_transcript_hash_before, ByteView input) {
  return hash({interim_transcript_hash_before, input});
}

HashValue interim_transcript_hash(ByteView confirmed_transcript_hash, ByteView confirmation_tag) {
  return hash({confirmed_transcript_hash, interim_transcript_hash_input(confirmation_tag)});
}

}  // namespace sotto::mls
