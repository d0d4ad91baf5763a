//! The service over HTTP on a real port, each story on both databases.

#[path = "../description/mod.rs"]
mod description;

mod access;
mod account;
mod audit;
mod called_off;
mod client;
mod consent;
mod documents;
mod drafts;
mod exactly_once;
mod examples;
mod faults;
mod finding;
mod held;
mod insights;
mod interleaved;
mod invitations;
mod language;
mod left_out;
mod lists;
mod locking;
mod mail;
mod mail_sink;
mod matching;
mod open_runs;
mod openid;
mod packages;
mod people;
mod quick_start;
mod receiver;
mod recovery;
mod refusals;
mod registers;
mod rounds;
mod sandbox;
mod server;
mod shown_mail;
mod site;
mod solver_process;
mod story;
mod swagger;
mod sweeps;
mod tables;
mod validation;
mod validity;
mod webhooks;
mod what_if;

/// Makes one test a database of each story.
#[macro_export]
macro_rules! on_both_databases {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(&$crate::server::Service::on_sqlite().await).await;
            })+
        }
        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story(&$crate::server::Service::on_postgres().await).await;
            })+
        }
    };
}
