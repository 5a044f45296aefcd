using Sputnik.Generation;
using Sputnik.Server;

namespace Sputnik.Cli;

/// <summary>What <c>serve</c> was asked for.</summary>
internal sealed record ServeRequest(IReadOnlyList<NamedModel> Models, int Threads, EngineOptions Engine, ServerOptions Server, string Store, bool Json, bool LogsRequests);
