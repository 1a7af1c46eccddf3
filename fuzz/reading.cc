// Any bytes as a reading that was written before (`dragoman load`): refused, or put into a store, which stays sound.
#include "dragoman/base/sha256.h"
#include "dragoman/store/store.h"
#include "dragoman/view/reading_json.h"
#include "dragoman/view/reading_rows.h"
#include "fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dragoman;
  const auto reading = parse_reading_json({reinterpret_cast<const char*>(data), size});
  if (!reading) {
    FUZZ_CHECK(!reading.error().message.empty());
    return 0;
  }
  std::string out;
  append_reading_json(*reading, out);
  const auto again = parse_reading_json(out);
  FUZZ_CHECK(again);
  std::string twice;
  append_reading_json(*again, twice);
  FUZZ_CHECK(out == twice);

  auto store = Store::open_in_memory();
  FUZZ_CHECK(store);
  Provenance provenance;
  provenance.sha256 = sha256_hex(reading->document.text());
  provenance.source = "fuzz";
  store->add(*reading, provenance);
  const auto committed = store->commit();
  if (!committed) std::fprintf(stderr, "%s\n", committed.error().message.c_str());
  FUZZ_CHECK(committed);
  return 0;
}
