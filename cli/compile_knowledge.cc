// dragoman compile-knowledge: the tables under data/knowledge and the cities, into one mapped file. Part of the build.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "cli/arguments.h"
#include "dragoman/knowledge/compile.h"

namespace dragoman::cli {

int run_compile_knowledge(Arguments arguments) {
  App app("Checks the knowledge tables and compiles them into one file.", "dragoman compile-knowledge");
  std::string folder, cities, out;
  app.add_option("DATA", folder, "the folder of tables (data/knowledge)")->required();
  app.add_option("CITIES", cities, "the table that tools/fetch_cities wrote; - for none")->required();
  app.add_option("OUT", out, "the file to write")->required();
  if (const auto status = parse_arguments(app, arguments)) return *status;

  KnowledgeRows rows;
  Result<void> read = add_folder(rows, folder);
  if (read && cities != "-") read = add_cities(rows, cities);
  if (!read) {
    std::fprintf(stderr, "dragoman: %s\n", read.error().message.c_str());
    return 1;
  }
  const std::vector<std::string> wrong = validate(rows);
  for (const std::string& line : wrong) std::fprintf(stderr, "dragoman: %s\n", line.c_str());
  std::fputs(counts_of(rows).c_str(), stderr);
  if (!wrong.empty()) {
    std::fprintf(stderr, "dragoman: %zu mistakes in %s: not compiled\n", wrong.size(), folder.c_str());
    return 1;
  }
  const std::string bytes = compile(rows);
  const std::string part = out + ".part";
  std::ofstream file(part, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (file) std::filesystem::rename(part, out, error);
  if (!file || error) {
    std::fprintf(stderr, "dragoman: %s: can't be written\n", out.c_str());
    return 1;
  }
  return 0;
}

}  // namespace dragoman::cli
