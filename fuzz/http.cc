// Any bytes as a connection to the explorer, and as what stands after "/api/" in an address: answers or none, each with its headers, and
// whole JSON where it says so.
#include <simdjson.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "dragoman/base/sha256.h"
#include "dragoman/store/store.h"
#include "fuzz/fuzz.h"
#include "tests/stories.h"
#include "web/server/explorer.h"

namespace {

using namespace dragoman;

/// A small store, with something in each table, and the explorer over it.
web::Explorer& explorer() {
  static const std::unique_ptr<web::Explorer> made = [] {
    const std::filesystem::path path = std::filesystem::temp_directory_path() / ("dragoman-fuzz-" + std::to_string(::getpid()) + ".db");
    {
      auto store = Store::open_for_writing(path, {"0.1", "m", "k"});
      FUZZ_CHECK(store);
      for (const char* day : {"2026-03-12", "2026-05-01"}) {
        const Reading reading = StoryByHand(day, day)
                                    .event("CONSULT", "visit", {"ISL"}, {"PRT"})
                                    .commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Pôrto", "energy", "ISL", "2026-03-31")
                                    .position({"PRT"}, "free navigation", day[6] == '3' ? "for" : "against", "PRT")
                                    .reading();
        Provenance provenance;
        provenance.sha256 = sha256_hex(day);
        provenance.source = "fuzz";
        (void)store->add(reading, provenance);
      }
      FUZZ_CHECK(store->commit());
    }
    auto opened = web::Explorer::open({.store = path, .port = 0});
    FUZZ_CHECK(opened);
    // The files go when the program ends; the server holds them open until then.
    static const std::string name = path.string();
    std::atexit([] {
      for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(name + suffix);
    });
    return std::move(*opened);
  }();
  return *made;
}

void check(const std::string& answer) {
  if (answer.empty()) return;  // it was no request
  FUZZ_CHECK(answer.starts_with("HTTP/1."));
  const std::size_t end = answer.find("\r\n\r\n");
  FUZZ_CHECK(end != std::string::npos);
  const std::string_view head = std::string_view(answer).substr(0, end);
  if (head.substr(9, 3) == "100") return check(answer.substr(end + 4));
  FUZZ_CHECK(head.find("\r\nContent-Security-Policy: default-src 'none'") != std::string_view::npos);
  FUZZ_CHECK(head.substr(9, 3) != "500");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  check(explorer().answer_bytes(bytes));

  // The same as an address that is well-formed, whatever it says.
  constexpr std::string_view hex = "0123456789ABCDEF";
  const std::string host = explorer().url().substr(7, explorer().url().size() - 8);
  std::string request = "GET /api/";
  for (const char c : bytes.substr(0, 2000)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte < 0x7F)
      request += c;
    else
      request.append("%").append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
  }
  const std::string answer = explorer().answer_bytes(request + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  check(answer);
  if (const std::size_t end = answer.find("\r\n\r\n"); end != std::string::npos && answer.find("\r\nContent-Type: application/json") < end) {
    simdjson::dom::parser parser;
    FUZZ_CHECK(parser.parse(simdjson::padded_string(answer.substr(end + 4))).error() == simdjson::SUCCESS);
  }
  return 0;
}
