using MailCatcher;

var builder = DistributedApplication.CreateBuilder(args);

var mailbox = builder.AddPostgres("postgres").AddDatabase("mailbox");
var operatorKey = builder.AddParameter("operator-key", secret: true);
var mail = builder.AddMailCatcher("mail", mailbox, operatorKey);

// Your application: ConnectionStrings__mail is Endpoint=smtp://host:port.
builder.AddContainer("shop", "shop").WithReference(mail).WaitFor(mail);

builder.Build().Run();
