// AMQP's values, of librabbitmq's types. Those that are made point into what they are made of.
#pragma once

#include <amqp.h>

#include <string>

namespace magscan::tools::queue {

amqp_bytes_t bytes(const std::string& text);
amqp_bytes_t bytes(const char* text);
std::string text(const amqp_bytes_t& bytes);

// Of a table.
amqp_table_entry_t entry(const char* name, const char* value);
amqp_table_entry_t entry(const char* name, unsigned value);
amqp_table_entry_t entry(const char* name, const amqp_table_t& value);
amqp_table_entry_t flag(const char* name);  // that is set

// How often a message has come back, by its headers.
unsigned returns_of(const amqp_basic_properties_t& properties);

}  // namespace magscan::tools::queue
