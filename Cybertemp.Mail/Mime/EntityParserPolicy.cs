using Microsoft.Extensions.ObjectPool;

namespace Cybertemp.Mail.Mime;

internal sealed class EntityParserPolicy(MimeLimits limits) : PooledObjectPolicy<EntityParser>
{
    public override EntityParser Create() => new(limits);

    public override bool Return(EntityParser obj) => true;
}
