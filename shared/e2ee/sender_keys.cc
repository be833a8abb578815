#include "e2ee/sender_keys.h"

#include <array>

#include "e2ee/attempt_budget.h"
#include "e2ee/frame_sealer.h"
#include "e2ee/passphrase.h"
#include "e2ee/sealed_frame.h"
#include "e2ee/sender_key_ring.h"
#include "e2ee/sender_kid.h"
#include "sframe/key_store.h"

namespace sotto {
namespace {

constexpr std::size_t kMinRawKey = 16;
constexpr std::size_t kMaxStreams = 128;
constexpr std::size_t kRetiredWindows = 512;
// Of everybody who shares a key: hundreds of senders, and the streams before and after a rotation.
constexpr std::size_t kMaxSharedStreams = 4096;
// Of the key schedule and the mark; a ratchet step is one unit.
constexpr std::int64_t kDerivationUnits = 4;

class SottoParticipant : public Participant {
 public:
  SottoParticipant(CipherSuite suite, RandomSource& random) : suite_(suite), random_(random) {}

  Result<void> set_key(std::uint32_t index, KeyKind kind, ByteView material, Time now) override {
    if (index > 255) return fail(Error::kInvalidArgument);
    expire(now);
    TRY(BaseKey && key, base_key_of(kind, material));
    if (kind == KeyKind::kStretched) kind = KeyKind::kPassphrase;
    TRY_VOID(keys_.add(static_cast<std::uint8_t>(index), kind, std::move(key), in_use_,
                       [this](std::uint8_t gone) { forget_streams(gone); }));
    if (kind == KeyKind::kPassphrase) streams_.grow(kMaxSharedStreams, kMaxSharedStreams);
    return {};
  }

  Result<void> use_key(std::uint32_t index, Time now) override {
    expire(now);
    TRY(SenderKeyRing::Slot * slot, slot_of(index));
    if (in_use_ == slot->index) return {};
    end_contexts();
    in_use_ = slot->index;
    slot->expiry.reset();
    make_older_expire(*slot, now);
    return {};
  }

  Result<void> ratchet(std::uint32_t index, Time now) override {
    expire(now);
    TRY(SenderKeyRing::Slot * slot, slot_of(index));
    if (slot->kind == KeyKind::kPassphrase) return fail(Error::kWrongState);
    TRY_VOID(slot->ratchet.advance(suite_));
    if (in_use_ == slot->index) end_streams(slot->ratchet.step());
    put_steps_on_the_clock(*slot, now);
    return {};
  }

  bool erase_key(std::uint32_t index) override {
    if (index > 255 || !keys_.erase(static_cast<std::uint8_t>(index))) return false;
    forget_streams(static_cast<std::uint8_t>(index));
    return true;
  }

  void expire(Time now) override {
    if (!due_ || now < *due_) return;
    keys_.expire(now, [this](std::uint8_t index) { forget_streams(index); });
    streams_.expire(now);
    due_ = keys_.next_expiry();
    if (auto next = streams_.next_expiry()) set_due(*next);
  }

  std::size_t max_sealed_size(Codec codec, std::size_t plain_size) const override {
    return max_wire_size(codec, Header::kMaxSize + 1 + plain_size + kMaxNt);
  }

  Result<std::size_t> seal(const FrameFacts& facts, ByteView frame, MutableBytes out) override {
    if (facts.context >= SenderKid::kContexts) return fail(Error::kInvalidArgument);
    if (!in_use_) return fail(Error::kUnknownKey);
    Context& context = contexts_[facts.context];
    if (!context.sealer) TRY_VOID(begin(facts.context, context));
    return context.sealer->seal(facts.codec, facts.key_frame, frame, out);
  }

  Result<OpenedMedia> open(const FrameFacts& facts, ByteView wire, MutableBytes out,
                           Time now) override {
    expire(now);
    TRY(const SealedFrame sealed, find_sealed_frame(facts.codec, wire, out));
    const SenderKid kid = SenderKid::of(sealed.header.kid);
    if (kid.context != facts.context) return fail(Error::kWrongState);
    SenderKeyRing::Slot* slot = keys_.find(kid.index);
    if (slot == nullptr) return fail(keys_.why_absent(kid.index));

    bool ratcheted = false;
    auto size = streams_.contains(sealed.header.kid)
                    ? decrypt_known(sealed)
                    : decrypt_first(sealed, kid, *slot, now, ratcheted,
                                    [&] { return find_sealed_frame(facts.codec, wire, out); });
    if (!size) return fail(size.error());
    if (ratcheted) put_steps_on_the_clock(*slot, now);
    make_older_expire(*slot, now);
    TRY(const VerifiedFrame verified, check_sealed_info(facts.codec, sealed.room.first(*size)));
    return OpenedMedia{.frame = verified.frame,
                       .key_index = kid.index,
                       .counter = sealed.header.ctr,
                       .ratcheted = ratcheted,
                       .key_frame = verified.info.key_frame};
  }

 private:
  // What seals one context; all its simulcast layers count in one CTR.
  struct Context {
    std::optional<std::uint64_t> random;
    std::optional<FrameSealer> sealer;
  };

  Result<BaseKey> base_key_of(KeyKind kind, ByteView material) {
    if (kind == KeyKind::kPassphrase) return stretch_passphrase(material);
    if ((kind != KeyKind::kRaw && kind != KeyKind::kStretched) || material.size() < kMinRawKey) {
      return fail(Error::kInvalidArgument);
    }
    return BaseKey::from(material);
  }

  Result<SenderKeyRing::Slot*> slot_of(std::uint32_t index) {
    SenderKeyRing::Slot* slot =
        index > 255 ? nullptr : keys_.find(static_cast<std::uint8_t>(index));
    if (slot == nullptr) return fail(Error::kUnknownKey);
    return slot;
  }

  Result<void> begin(std::uint8_t number, Context& context) {
    TRY(SenderKeyRing::Slot * slot, slot_of(*in_use_));
    if (!context.random) context.random = SenderKid::draw(random_);
    const SenderKid kid{.random = *context.random,
                        .index = slot->index,
                        .context = number,
                        .step = slot->ratchet.step()};
    TRY(FrameSealer && sealer, FrameSealer::create(kid.kid(), slot->ratchet.key().view(), suite_));
    context.sealer.emplace(std::move(sealer));
    return {};
  }

  void end_contexts() {
    for (Context& context : contexts_) {
      context.random.reset();
      context.sealer.reset();
    }
  }

  // Each goes on under the KID of this step. Where a frame had moved the key here already, that KID
  // has been used and would count from 0 again, so another is drawn.
  void end_streams(std::uint8_t step) {
    for (Context& context : contexts_) {
      if (context.sealer && SenderKid::of(context.sealer->kid()).step == step) {
        context.random.reset();
      }
      context.sealer.reset();
    }
  }

  Result<std::size_t> decrypt_known(const SealedFrame& sealed) {
    return streams_.decrypt(sealed.header, sealed.header_size, kFrameMetadata, sealed.blob,
                            sealed.room);
  }

  // The first frame of a KID: nothing of it stays unless it opens. A wrong guess leaves zeros where
  // it was opened in place, so the next one begins with `find_again()`.
  template <typename FindAgain>
  Result<std::size_t> decrypt_first(SealedFrame sealed, const SenderKid& kid,
                                    SenderKeyRing::Slot& slot, Time now, bool& ratcheted,
                                    FindAgain find_again) {
    if (slot.kind == KeyKind::kPassphrase && kid.step != 0) return fail(Error::kUnknownKey);
    const Ratchet::Guesses guesses = slot.ratchet.guess(kid.step);
    if (guesses.count == 0) return fail(Error::kExpired);
    Error error = Error::kUnauthenticated;
    for (std::size_t i = 0; i < guesses.count; ++i) {
      const std::uint32_t forward = guesses.forward[i];
      const std::int64_t units = kDerivationUnits + forward;
      if (!budget_.take(units, now)) return fail(Error::kUnknownKey);
      if (i > 0) {
        TRY(sealed, find_again());
      }
      TRY(BaseKey && key, ratchet_base_key(suite_, slot.ratchet.key(), forward));
      auto size = streams_.put_if_opens(suite_, key.view(), sealed.header, sealed.header_size,
                                        kFrameMetadata, sealed.blob, sealed.room);
      if (size) {
        budget_.give_back(units);
        ratcheted = slot.ratchet.accept(kid.step, forward, std::move(key));
        return size;
      }
      error = size.error();
      if (error != Error::kUnauthenticated) break;
    }
    return fail(error);
  }

  // Streams of earlier steps end; those too many steps back at once.
  void put_steps_on_the_clock(const SenderKeyRing::Slot& slot, Time now) {
    const std::uint8_t index = slot.index;
    auto behind = [&slot](std::uint64_t kid) {
      return static_cast<std::uint8_t>(slot.ratchet.step() - SenderKid::of(kid).step);
    };
    streams_.erase_if([&](std::uint64_t kid) {
      return SenderKid::of(kid).index == index && behind(kid) > kMaxRetainedSteps;
    });
    const Time at = now + kSenderKeyRetention;
    streams_.set_expiry_if(
        [&](std::uint64_t kid) { return SenderKid::of(kid).index == index && behind(kid) > 0; },
        at);
    set_due(at);
  }

  void make_older_expire(const SenderKeyRing::Slot& slot, Time now) {
    const Time at = now + kSenderKeyRetention;
    if (keys_.expire_older(slot, at)) set_due(at);
  }

  void forget_streams(std::uint8_t index) {
    streams_.erase_if([index](std::uint64_t kid) { return SenderKid::of(kid).index == index; });
    if (in_use_ == index) {
      in_use_.reset();
      end_contexts();
    }
  }

  void set_due(Time at) {
    if (!due_ || at < *due_) due_ = at;
  }

  CipherSuite suite_;
  RandomSource& random_;
  SenderKeyRing keys_;
  std::optional<std::uint8_t> in_use_;
  std::array<Context, SenderKid::kContexts> contexts_;
  KeyStore streams_{kMaxStreams, kRetiredWindows};
  AttemptBudget budget_;
  std::optional<Time> due_;  // nothing expires before
};

}  // namespace

Result<std::unique_ptr<Participant>> make_sotto_participant(CipherSuite suite,
                                                            RandomSource& random) {
  TRY(const SuiteParameters constants, parameters(suite));
  const std::uint8_t any_key[kMaxNk] = {};
  TRY_VOID(make_aead(constants.aead, ByteView(any_key).first(constants.nk)));
  return std::unique_ptr<Participant>(std::make_unique<SottoParticipant>(suite, random));
}

}  // namespace sotto
