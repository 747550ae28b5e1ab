namespace Aspire.Hosting;

#pragma warning disable CA1032, RCS1194 // The published package has these two constructors.
public class MissingParameterValueException : DistributedApplicationException
{
    public MissingParameterValueException(string message)
        : base(message)
    {
    }

    public MissingParameterValueException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
