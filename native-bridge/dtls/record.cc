#include "dtls/record.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge {

Result<DtlsRecord> DtlsRecord::parse(ByteView bytes) {
  ByteReader reader(bytes);
  DtlsRecord record;
  TRY(record.type, reader.u8());
  TRY(record.version, reader.u16());
  TRY(record.epoch, reader.u16());
  TRY(record.sequence, reader.u48());
  TRY(record.length, reader.u16());
  if (record.length > reader.remaining()) return fail(Error::kTruncated);
  return record;
}

bool has_plain_handshake(ByteView datagram) {
  while (!datagram.empty()) {
    const auto record = DtlsRecord::parse(datagram);
    if (!record) return false;
    if (record->epoch == 0 && record->type == DtlsRecord::kHandshake) return true;
    datagram = datagram.subspan(record->size());
  }
  return false;
}

void renumber_plain_records(MutableBytes datagram, std::uint64_t& next) {
  while (!datagram.empty()) {
    const auto record = DtlsRecord::parse(datagram);
    if (!record) return;
    if (record->epoch == 0) {
      ByteWriter header(datagram);
      header.reserve(5);
      header.uint(next++, 6);
    }
    datagram = datagram.subspan(record->size());
  }
}

}  // namespace sotto::bridge
