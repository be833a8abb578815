// What a group tells the worker, as bytes. Integers are big-endian; `text` is u16 size || UTF-8,
// `leaf` a u32, `endpoint` and `identity key` are 16 and 32 bytes.
//
//   member   leaf, identity key, text name, u8 bits (1 self, 2 moderator, 4 caught up, 8 endpoint),
//            u8 reachability, u8 standing, u8 marks, endpoint if it is known
//   marks    1 publishes, 2 microphone muted, 4 camera off, 8 hand raised
//
//   event    u8 number, then
//     1  state changed       u8
//     2  ended               u8 reason
//     3  member changed      member
//     4  member gone         leaf, text name, u8 reason, leaf by
//     5  removals pending    u16 count, text name ...
//     6  chat                leaf, u32 seq, u32 missing, u8 refers to unseen, text name, text
//     7  chat delivered      u32 seq
//     8  reaction            leaf, text
//     9  direct call         leaf, what is left
//    10  link changed        u32 gen, text fragment
//    11  room changed        u8 join policy, u8 media encrypted, u8 permanent, u8 I am a moderator,
//                            leaf by, all ones for nobody
//    12  join requested      endpoint, identity key, text name, u8 standing
//    13  join withdrawn      endpoint
//    14  code shown          7 bytes, 7 x (text emoji, text word), u16 count, leaf ...
//    15  heard by others     u8
//    16  error               text code
//    17  chat held back      leaf, text name, u32 missing
//    18  others apart        u8 apart, u8 mine stays
//    19  answered            u8
#pragma once

#include <vector>

#include "mls/wire/writer.h"
#include "room/session_event.h"

namespace sotto {

mls::Bytes encode_event(const room::SessionEvent& event);
// u16 count, member ...
mls::Bytes encode_members(const std::vector<room::MemberView>& members);

}  // namespace sotto
