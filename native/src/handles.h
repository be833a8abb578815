// What the opaque handles are.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "abi.h"
#include "e2ee/frame_opener.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/link_key_provider.h"
#include "e2ee/link_keys.h"
#include "e2ee/participant.h"
#include "e2ee/sealed_message.h"
#include "os_random.h"
#include "sframe/key_store.h"

// Everything that hangs on one link secret: who may be heard, and with what to seal.
struct sotto_session {
  sotto_session(sotto::LinkKeys sending_keys, sotto::LinkKeys receiving_keys)
      : sending(std::move(sending_keys)),
        messages(sending.message_key()),
        provider(std::move(receiving_keys)),
        keys(sotto::LinkKeyProvider::kDefaultCapacity, sotto::LinkKeyProvider::kDefaultCapacity),
        opener(keys, &provider) {}

  sotto::LinkKeys sending;
  sotto::MessageSealer messages;
  sotto::LinkKeyProvider provider;
  sotto::KeyStore keys;
  sotto::FrameOpener opener;
  sotto::abi::OsRandom random;
};

// It has what it needs of its session, so it may outlive it and run in another thread.
struct sotto_sealer {
  sotto::FrameSealer sealer;
};

// Keys of one sender. Callers' clocks may be anything; the core's time neither goes back nor comes
// near its ends.
struct sotto_participant {
  sotto::abi::OsRandom random;  // the participant holds on to it
  std::unique_ptr<sotto::Participant> participant;
  std::int64_t latest_us = 0;

  sotto::Time at(std::int64_t now_us) {
    latest_us = std::clamp(now_us, latest_us, INT64_MAX / 2);
    return sotto::from_microseconds(latest_us);
  }
};
