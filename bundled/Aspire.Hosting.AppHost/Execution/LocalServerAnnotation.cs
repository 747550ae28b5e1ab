using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Execution;

internal sealed record LocalServerAnnotation(ILocalServer Server) : IResourceAnnotation;
