#ifndef HOLDFAST_CMICROHTTPD_SHIM_H
#define HOLDFAST_CMICROHTTPD_SHIM_H

#include <microhttpd.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/* Swift cannot call variadic functions; these are the variadic calls HTTPServer needs. */

/* Paths and queries stay as they were sent. */
static inline size_t
holdfast_keep_escapes (void *owner, struct MHD_Connection *connection, char *text)
{
  (void) owner;
  (void) connection;
  return strlen (text);
}

struct holdfast_daemon_settings
{
  unsigned int flags;
  unsigned int connection_limit;
  size_t connection_memory_bytes;
  void *owner;
  MHD_AccessHandlerCallback on_request;
  MHD_NotifyConnectionCallback on_connection;
  void *(*on_target)(void *, const char *, struct MHD_Connection *);
  MHD_RequestCompletedCallback on_completed;
  MHD_LogCallback on_words;
  const char *certificate; /* PEM, NULL without TLS */
  const char *key;
  const char *priorities;
};

static inline struct MHD_Daemon *
holdfast_start_daemon (const struct holdfast_daemon_settings *s)
{
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) s->certificate },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) s->key },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) s->priorities },
    { MHD_OPTION_END, 0, NULL }
  };
  struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

  return MHD_start_daemon (
    s->flags, 0, NULL, NULL, s->on_request, s->owner,
    MHD_OPTION_EXTERNAL_LOGGER, s->on_words, s->owner,
    MHD_OPTION_CONNECTION_MEMORY_LIMIT, s->connection_memory_bytes,
    MHD_OPTION_CONNECTION_LIMIT, s->connection_limit,
    MHD_OPTION_CONNECTION_TIMEOUT, 0u,
    MHD_OPTION_STRICT_FOR_CLIENT, 0,
    MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
    MHD_OPTION_NOTIFY_CONNECTION, s->on_connection, s->owner,
    MHD_OPTION_URI_LOG_CALLBACK, s->on_target, s->owner,
    MHD_OPTION_NOTIFY_COMPLETED, s->on_completed, s->owner,
    MHD_OPTION_UNESCAPE_CALLBACK, &holdfast_keep_escapes, NULL,
    MHD_OPTION_ARRAY, (NULL != s->certificate) ? tls : none,
    MHD_OPTION_END);
}

static inline void *
holdfast_socket_context (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return (NULL == info) ? NULL : info->socket_context;
}

static inline int
holdfast_descriptor (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return (NULL == info) ? -1 : info->connect_fd;
}

static inline const struct sockaddr *
holdfast_client_address (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  return (NULL == info) ? NULL : info->client_addr;
}

static inline size_t
holdfast_head_bytes (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
    = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
  return (NULL == info) ? 0 : info->header_size;
}

static inline int
holdfast_events_descriptor (struct MHD_Daemon *daemon)
{
  const union MHD_DaemonInfo *info
    = MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return (NULL == info) ? -1 : info->epoll_fd;
}

/* Debian's headers hide accept4 from the module Swift sees. */
static inline int
holdfast_accept (int listener, struct sockaddr *address, socklen_t *length)
{
  extern int accept4 (int, struct sockaddr *, socklen_t *, int);
  return accept4 (listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

#endif
