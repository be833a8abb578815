#include "mls/wire/psk.h"

namespace sotto::mls {

void read(Reader& in, PreSharedKeyId& id) {
  read_closed(in, id.psktype, PskType::kResumption);
  if (id.psktype == PskType::kExternal) {
    in.opaque(id.psk_id);
  } else {
    read_closed(in, id.usage, ResumptionPskUsage::kBranch);
    in.opaque(id.psk_group_id);
    id.psk_epoch = in.u64();
  }
  in.opaque(id.psk_nonce);
}

void write(Writer& out, const PreSharedKeyId& id) {
  write(out, id.psktype);
  if (id.psktype == PskType::kExternal) {
    out.opaque(id.psk_id);
  } else {
    write(out, id.usage);
    out.opaque(id.psk_group_id);
    out.u64(id.psk_epoch);
  }
  out.opaque(id.psk_nonce);
}

Bytes psk_label(const PreSharedKeyId& id, std::uint16_t index, std::uint16_t count) {
  Writer out;
  write(out, id);
  out.u16(index);
  out.u16(count);
  return std::move(out).take();
}

}  // namespace sotto::mls
