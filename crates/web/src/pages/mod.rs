//! One file or folder a page.

pub(crate) mod account;
pub(crate) mod front;
pub(crate) mod link;
pub(crate) mod openid;
pub(crate) mod own_password;
pub(crate) mod password;
pub(crate) mod round;
pub(crate) mod run;
pub(crate) mod run_list;
pub(crate) mod second_factor;
pub(crate) mod shown_mail;
pub(crate) mod sign_in;
