// The real model and knowledge in a test: the engine over those of this build, opened once.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "dragoman/dragoman.h"

namespace dragoman {

inline const Result<Engine>& built_engine() {
  static const Result<Engine> opened = Engine::open({.model = std::filesystem::path(DRAGOMAN_BINARY_DIR) / "dragoman.model",
                                                     .knowledge = std::filesystem::path(DRAGOMAN_BINARY_DIR) / "dragoman.knowledge"});
  return opened;
}

/// Skips, and says why, where the model or the knowledge is not built.
class WithEngine : public testing::Test {
 protected:
  void SetUp() override {
    if (!built_engine()) GTEST_SKIP() << built_engine().error().message;
  }

  Reading read(std::string_view text) { return read(text, {.published = "2026-03-11"}); }
  Reading read(std::string_view text, DocumentInfo info) { return built_engine()->read(std::string(text), std::move(info), scratch_); }

  Engine::Scratch scratch_;
};

inline std::string file_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace dragoman
