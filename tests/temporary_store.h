// A store in a file of its own, gone when the test is over.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "dragoman/base/sha256.h"
#include "dragoman/store/store.h"
#include "tests/stories.h"

namespace dragoman {

class TemporaryStore {
 public:
  TemporaryStore() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() / ("dragoman-test-" + std::to_string(::getpid()) + "-" + std::to_string(++number) + ".db");
    open();
  }
  ~TemporaryStore() {
    const auto ok = store_->database().check();
    EXPECT_TRUE(ok) << ok.error().message;
    store_.reset();
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
  }

  /// Closes and opens it again.
  void open() {
    store_.reset();
    auto opened = Store::open_for_writing(path_, {"0.1", "m", "k"});
    if (!opened) throw std::runtime_error(opened.error().message);
    store_.emplace(std::move(*opened));
  }

  DocumentKey add(const StoryByHand& story) {
    const Reading reading = story.reading();
    Provenance provenance;
    provenance.sha256 = sha256_hex(reading.document.text());
    provenance.source = "test";
    provenance.bytes = reading.document.text().size();
    const DocumentKey doc = store_->add(reading, provenance);
    const auto done = store_->settle();
    EXPECT_TRUE(done) << done.error().message;
    return doc;
  }

  Store& operator*() { return *store_; }
  Store* operator->() { return &*store_; }
  Database& database() { return store_->database(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::optional<Store> store_;
};

}  // namespace dragoman
