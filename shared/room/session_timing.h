// How long a session waits for what.
#pragma once

#include "base/time.h"

namespace sotto::room {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Others are said to be there, and nobody welcomes me: then I found a group. Longer than a few
// committers need to step in for each other, and than a member's former leaf holds up its rejoin.
inline constexpr Duration kFoundAfter = seconds(8);
inline constexpr Duration kFoundAfterRejoin = seconds(40);
// A group is seen to be at work, so its Welcome may be on the way: no longer than this.
inline constexpr Duration kFoundLatest = seconds(30);
// A KeyPackage is used once, and the Welcome may be lost: a fresh one.
inline constexpr Duration kWelcomeRetry = seconds(4);
// Those who wait outside are told why at most so often, and count on it for so long.
inline constexpr Duration kAnswerEvery = seconds(2);
inline constexpr Duration kAnswerLife = seconds(12);
// While I am alone, one stands, so that whoever is in another group finds me.
inline constexpr Duration kKeyPackageRefresh = seconds(30);
// Several who are alone welcome each other at once: all Welcomes, so that all choose alike.
inline constexpr Duration kGatherOffers = milliseconds(300);
inline constexpr std::size_t kMaxOffers = 16;
// In a group, and nobody is heard there.
inline constexpr Duration kAloneAfter = seconds(12);

// An identity that is a member wants in anew (a page was reloaded): its former leaf goes when it
// has not been heard for this long, or the wish has stood for that long.
inline constexpr Duration kFormerLeafSilent = milliseconds(2500);
inline constexpr Duration kRejoinWaits = seconds(5);
// The service says that an endpoint has gone, and nothing is heard of it: longer than any interval
// of presence.
inline constexpr Duration kAbsentAfter = seconds(12);
inline constexpr Duration kPublisherAbsentAfter = seconds(5);

// Nobody is taken for gone by who has not listened for as long as it takes everybody to say
// something: after a lost connection, or when no timer has run for so long (a laptop slept).
inline constexpr Duration kListenFirst = seconds(12);
inline constexpr Duration kAsleep = seconds(15);

// A restored member looks first at what the log has for it, then updates; when its Update does not
// come back, somebody else has gone on with its leaf, or the group without it: it joins anew.
inline constexpr Duration kRestoreListens = milliseconds(300);
inline constexpr Duration kRestoreGivesUp = seconds(10);

// A removal that I asked for myself.
inline constexpr Duration kLeaveWait = seconds(5);
inline constexpr Duration kLeaveRetry = seconds(2);

// Messages that came before their epoch.
inline constexpr Duration kEarlyMessageLife = seconds(5);
// Handshakes may come before a Welcome that is waited for as long as this.
inline constexpr Duration kEarlyHandshakeLife = seconds(40);

// Late messages of past epochs open for this long, and of so many.
inline constexpr Duration kKeepPastEpoch = seconds(10);
inline constexpr Duration kKeepPastEpochAfterRemove = seconds(2);
inline constexpr std::size_t kPastEpochs = 16;

// Others who hear me fall silent in this epoch: see tend_order.
inline constexpr Duration kMissedSilence = seconds(12);

// Joiners of one commit: as many as a handshake has room for, beside the path of a large room.
inline constexpr std::size_t kMaxJoinersAtOnce = 32;
inline constexpr std::size_t kMaxJoinerBytesAtOnce = std::size_t{32} << 10;

inline constexpr std::size_t kHandshakePadding = 128;
inline constexpr std::size_t kMessagePadding = 64;

// What somebody says to have said, and has not come.
inline constexpr Duration kChatLate = seconds(5);
// Another group in the room: seen for so long, and by no message of it for so long.
inline constexpr Duration kApartSeen = seconds(5);
inline constexpr Duration kApartForgotten = seconds(25);

inline constexpr Duration kCodeLook = milliseconds(500);
inline constexpr Duration kQueueLook = milliseconds(100);
inline constexpr Duration kShortestWait = milliseconds(10);

}  // namespace sotto::room
