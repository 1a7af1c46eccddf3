# The compiled knowledge beside the binary: build/dragoman.knowledge, from data/knowledge and the cities (PyPI, or a cache).
set(DRAGOMAN_CITIES ${CMAKE_BINARY_DIR}/cities.tsv)
add_custom_command(
  OUTPUT ${DRAGOMAN_CITIES}
  COMMAND ${CMAKE_SOURCE_DIR}/tools/fetch_cities ${DRAGOMAN_CITIES}
  DEPENDS ${CMAKE_SOURCE_DIR}/tools/fetch_cities
  COMMENT "Fetching the table of cities" VERBATIM)
# Compiled again when the compiler or the tables change, not at every change of the program.
file(GLOB_RECURSE DRAGOMAN_KNOWLEDGE_TABLES CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/knowledge/*.tsv)
file(GLOB DRAGOMAN_KNOWLEDGE_COMPILER CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/dragoman/knowledge/*.cc ${CMAKE_SOURCE_DIR}/dragoman/knowledge/*.h)
list(FILTER DRAGOMAN_KNOWLEDGE_COMPILER EXCLUDE REGEX "_test\\.cc$")
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/dragoman.knowledge
  COMMAND dragoman_cli compile-knowledge ${CMAKE_SOURCE_DIR}/data/knowledge ${DRAGOMAN_CITIES} ${CMAKE_BINARY_DIR}/dragoman.knowledge
  DEPENDS ${DRAGOMAN_CITIES} ${DRAGOMAN_KNOWLEDGE_TABLES} ${DRAGOMAN_KNOWLEDGE_COMPILER}
  COMMENT "Compiling the knowledge base" VERBATIM)
add_custom_target(dragoman_knowledge ALL DEPENDS ${CMAKE_BINARY_DIR}/dragoman.knowledge)
add_dependencies(dragoman_knowledge dragoman_cli)
install(FILES ${CMAKE_BINARY_DIR}/dragoman.knowledge DESTINATION ${CMAKE_INSTALL_DATADIR}/dragoman)
